/** Pods that ask for devices by claims. */
@NullMarked
package io.argosy.scheduler.plugin.dynamicresources;

import org.jspecify.annotations.NullMarked;
