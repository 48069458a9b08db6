/**
 * Load on API servers, side by side: the same requests to each in turns, and what they cost it. Figures are for
 * {@code docs/benchmarks.md}; nothing here passes or fails.
 */
@NullMarked
package io.argosy.bench;

import org.jspecify.annotations.NullMarked;
