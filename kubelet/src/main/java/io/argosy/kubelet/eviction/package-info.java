/** Giving back memory and disk before the node runs out of them. */
@NullMarked
package io.argosy.kubelet.eviction;

import org.jspecify.annotations.NullMarked;
