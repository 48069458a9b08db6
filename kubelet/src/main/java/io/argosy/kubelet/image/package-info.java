/** Pulling images with credentials and back-off, and removing those that nobody uses. */
@NullMarked
package io.argosy.kubelet.image;

import org.jspecify.annotations.NullMarked;
