/** Nodes that take no new pods. */
@NullMarked
package io.argosy.scheduler.plugin.nodeunschedulable;

import org.jspecify.annotations.NullMarked;
