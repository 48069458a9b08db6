/** Pods whose gates are still closed. */
@NullMarked
package io.argosy.scheduler.plugin.schedulinggates;

import org.jspecify.annotations.NullMarked;
