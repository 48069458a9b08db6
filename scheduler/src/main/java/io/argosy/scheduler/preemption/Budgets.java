package io.argosy.scheduler.preemption;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.columns.Selectors;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Map;

/** How many more disruptions the budgets allow, while victims are counted against them. */
final class Budgets {

    private final List<PodDisruptionBudget> budgets;
    private final List<LabelSelector> selectors;
    private final int[] left;

    Budgets(List<PodDisruptionBudget> budgets) {
        this.budgets = budgets;
        this.selectors = budgets.stream()
                .map(budget -> Selectors.of(budget.getSpec().getSelector()))
                .toList();
        this.left = new int[budgets.size()];
        for (int i = 0; i < left.length; i++) {
            var status = budgets.get(i).getStatus();
            left[i] = status == null || status.getDisruptionsAllowed() == null ? 0 : status.getDisruptionsAllowed();
        }
    }

    /** Counts a victim; tells whether that is more than a budget allows. */
    boolean violates(PodInfo victim) {
        Map<String, String> labels = victim.shape().labels();
        if (labels.isEmpty()) {
            return false;
        }
        boolean violates = false;
        for (int i = 0; i < left.length && !violates; i++) {
            LabelSelector selector = selectors.get(i);
            if (victim.namespace().equals(budgets.get(i).getMetadata().getNamespace())
                    && !selector.isEverything()
                    && selector.matches(labels)
                    && !disrupted(budgets.get(i), victim)) {
                left[i]--;
                violates = left[i] < 0;
            }
        }
        return violates;
    }

    private static boolean disrupted(PodDisruptionBudget budget, PodInfo victim) {
        return budget.getStatus() != null
                && Selectors.orEmpty(budget.getStatus().getDisruptedPods())
                        .containsKey(victim.key().name());
    }
}
