/** Nodes that pods ask for by their labels. */
@NullMarked
package io.argosy.scheduler.plugin.nodeaffinity;

import org.jspecify.annotations.NullMarked;
