/** The rules of what volumes are made of, which pods and persistent volumes share. */
@NullMarked
package io.argosy.apiserver.registry.volume;

import org.jspecify.annotations.NullMarked;
