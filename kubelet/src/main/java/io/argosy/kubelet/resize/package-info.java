/** Changes to the resources of pods that run: what is granted, and what is left to do. */
@NullMarked
package io.argosy.kubelet.resize;

import org.jspecify.annotations.NullMarked;
