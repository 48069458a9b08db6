/** The pods that wait, and what wakes them. */
@NullMarked
package io.argosy.scheduler.queue;

import org.jspecify.annotations.NullMarked;
