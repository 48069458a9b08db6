/** What the scheduler looks up about workloads, namespaces and disruption budgets. */
@NullMarked
package io.argosy.scheduler.workloads;

import org.jspecify.annotations.NullMarked;
