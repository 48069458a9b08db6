/** What nodes must be like. */
@NullMarked
package io.argosy.apiserver.registry.node;

import org.jspecify.annotations.NullMarked;
