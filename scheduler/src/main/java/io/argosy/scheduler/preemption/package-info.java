/** Choosing pods that give way to one of higher priority. */
@NullMarked
package io.argosy.scheduler.preemption;

import org.jspecify.annotations.NullMarked;
