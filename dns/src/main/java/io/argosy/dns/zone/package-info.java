/** The names of the cluster: what Services and their endpoints are called (Kubernetes DNS-Based Service Discovery 1.1). */
@NullMarked
package io.argosy.dns.zone;

import org.jspecify.annotations.NullMarked;
