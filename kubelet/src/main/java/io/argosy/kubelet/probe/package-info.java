/** Probes and hooks: asking a container how it is. */
@NullMarked
package io.argosy.kubelet.probe;

import org.jspecify.annotations.NullMarked;
