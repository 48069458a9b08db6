/** Pods: what is set and kept on writes, binding to a node, eviction within disruption budgets, their rules. */
@NullMarked
package io.argosy.apiserver.registry.pod;

import org.jspecify.annotations.NullMarked;
