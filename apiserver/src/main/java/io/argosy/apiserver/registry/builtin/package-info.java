/** The Java side of all built-in kinds, put together. */
@NullMarked
package io.argosy.apiserver.registry.builtin;

import org.jspecify.annotations.NullMarked;
