/** Pods that name their node. */
@NullMarked
package io.argosy.scheduler.plugin.nodename;

import org.jspecify.annotations.NullMarked;
