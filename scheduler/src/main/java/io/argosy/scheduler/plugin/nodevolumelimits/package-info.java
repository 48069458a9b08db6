/** How many volumes of a CSI driver a node can have attached. */
@NullMarked
package io.argosy.scheduler.plugin.nodevolumelimits;

import org.jspecify.annotations.NullMarked;
