/** One pod at a time: which node takes it, or why none does. */
@NullMarked
package io.argosy.scheduler.cycle;

import org.jspecify.annotations.NullMarked;
