/** What load balancers and probes ask: is this proxy alive, has this node an endpoint of the Service. */
@NullMarked
package io.argosy.kubeproxy.health;

import org.jspecify.annotations.NullMarked;
