/** cluster-dns: answers the names of the cluster, and forwards the rest. */
@NullMarked
package io.argosy.dns;

import org.jspecify.annotations.NullMarked;
