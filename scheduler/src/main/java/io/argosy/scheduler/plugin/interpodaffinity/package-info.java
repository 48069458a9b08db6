/** Pods that want to be near others, or far from them. */
@NullMarked
package io.argosy.scheduler.plugin.interpodaffinity;

import org.jspecify.annotations.NullMarked;
