/** Volumes: made before the containers that use them, refreshed while they run, taken away afterwards. */
@NullMarked
package io.argosy.kubelet.volume;

import org.jspecify.annotations.NullMarked;
