/** Amounts of resources: {@code 100m}, {@code 1Gi}. */
@NullMarked
package io.argosy.apimodel.quantity;

import org.jspecify.annotations.NullMarked;
