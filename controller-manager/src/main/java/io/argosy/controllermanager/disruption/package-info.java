/** How many pods of a budget may be evicted now. */
@NullMarked
package io.argosy.controllermanager.disruption;

import org.jspecify.annotations.NullMarked;
