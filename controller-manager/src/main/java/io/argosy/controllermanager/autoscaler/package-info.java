/** Scales workloads by what their pods use or by what other measures say. */
@NullMarked
package io.argosy.controllermanager.autoscaler;

import org.jspecify.annotations.NullMarked;
