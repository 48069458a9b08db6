/** Strategies: what is particular to one kind on its way into the store. */
@NullMarked
package io.argosy.apiserver.registry;

import org.jspecify.annotations.NullMarked;
