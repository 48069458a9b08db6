/** A store in memory, for tests and simulation. */
@NullMarked
package io.argosy.apiserver.storage.memory;

import org.jspecify.annotations.NullMarked;
