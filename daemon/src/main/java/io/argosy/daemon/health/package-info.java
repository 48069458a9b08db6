/** Named health checks, and the answers of /healthz, /livez and /readyz. */
@NullMarked
package io.argosy.daemon.health;

import org.jspecify.annotations.NullMarked;
