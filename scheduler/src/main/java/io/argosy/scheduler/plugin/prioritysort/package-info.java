/** The queue's order: priority, then time. */
@NullMarked
package io.argosy.scheduler.plugin.prioritysort;

import org.jspecify.annotations.NullMarked;
