/** Volumes that only one pod may use. */
@NullMarked
package io.argosy.scheduler.plugin.volumerestrictions;

import org.jspecify.annotations.NullMarked;
