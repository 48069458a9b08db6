/** Flags and configuration file of the scheduler. */
@NullMarked
package io.argosy.scheduler.config;

import org.jspecify.annotations.NullMarked;
