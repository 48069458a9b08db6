/** Namespaces: their phase and what holds them while they are emptied. */
@NullMarked
package io.argosy.apiserver.registry.namespace;

import org.jspecify.annotations.NullMarked;
