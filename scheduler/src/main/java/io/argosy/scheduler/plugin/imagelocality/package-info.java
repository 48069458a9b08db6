/** Nodes that have the images already. */
@NullMarked
package io.argosy.scheduler.plugin.imagelocality;

import org.jspecify.annotations.NullMarked;
