/** Container images: written without a registry, imported into containerd. */
@NullMarked
package io.argosy.deploy.image;

import org.jspecify.annotations.NullMarked;
