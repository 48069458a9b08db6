/** Ports of nodes that pods take. */
@NullMarked
package io.argosy.scheduler.plugin.nodeports;

import org.jspecify.annotations.NullMarked;
