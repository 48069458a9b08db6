/** Flags and the KubeletConfiguration file. */
@NullMarked
package io.argosy.kubelet.config;

import org.jspecify.annotations.NullMarked;
