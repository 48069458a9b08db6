package io.argosy.controllermanager.autoscaler;

import java.time.Duration;
import java.time.Instant;

/**
 * What was measured of one pod.
 *
 * @param milli thousandths of the unit
 * @param at the end of the window in which it was measured
 */
record Sample(long milli, Instant at, Duration window) {}
