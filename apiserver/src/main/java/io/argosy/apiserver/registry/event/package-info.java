/** Events: they go by themselves. */
@NullMarked
package io.argosy.apiserver.registry.event;

import org.jspecify.annotations.NullMarked;
