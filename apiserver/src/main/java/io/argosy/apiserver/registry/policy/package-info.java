/** The rules of disruption budgets, priorities, leases and runtime classes. */
@NullMarked
package io.argosy.apiserver.registry.policy;

import org.jspecify.annotations.NullMarked;
