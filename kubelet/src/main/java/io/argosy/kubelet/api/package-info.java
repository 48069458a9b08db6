/** What the kubelet asks of the API server. */
@NullMarked
package io.argosy.kubelet.api;

import org.jspecify.annotations.NullMarked;
