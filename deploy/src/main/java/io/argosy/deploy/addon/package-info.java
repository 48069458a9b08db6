/** What runs as workloads of the cluster itself: DNS, and the rights that the control plane needs. */
@NullMarked
package io.argosy.deploy.addon;

import org.jspecify.annotations.NullMarked;
