/** Words for writing down the rules of a kind: a place in an object, and what must hold there. */
@NullMarked
package io.argosy.apiserver.registry.check;

import org.jspecify.annotations.NullMarked;
