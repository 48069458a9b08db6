/** Nodes that keep pods away. */
@NullMarked
package io.argosy.scheduler.plugin.tainttoleration;

import org.jspecify.annotations.NullMarked;
