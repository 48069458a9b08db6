/** The container runtime as the kubelet sees it, and its gRPC client. */
@NullMarked
package io.argosy.kubelet.cri;

import org.jspecify.annotations.NullMarked;
