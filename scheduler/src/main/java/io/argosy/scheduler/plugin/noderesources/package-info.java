/** Amounts that pods ask of nodes. */
@NullMarked
package io.argosy.scheduler.plugin.noderesources;

import org.jspecify.annotations.NullMarked;
