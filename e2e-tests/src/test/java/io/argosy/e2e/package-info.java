/** Clusters in containers, driven from outside: a machine with systemd as PID 1, the distribution, stock kubectl. */
@NullMarked
package io.argosy.e2e;

import org.jspecify.annotations.NullMarked;
