/** Who may use a daemon's own port: asked of the apiserver. */
@NullMarked
package io.argosy.client.delegated;

import org.jspecify.annotations.NullMarked;
