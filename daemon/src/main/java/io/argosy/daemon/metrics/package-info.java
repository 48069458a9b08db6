/** Metrics under upstream's names, and the answers of /metrics and /configz. */
@NullMarked
package io.argosy.daemon.metrics;

import org.jspecify.annotations.NullMarked;
