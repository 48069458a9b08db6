package io.argosy.controllermanager.disruption;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.request.ObjectJson;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps the status of PodDisruptionBudgets, by which evictions are allowed. */
public final class DisruptionController implements Controller {

    private final ControllerContext context;
    private final Informer<PodDisruptionBudget> budgets;
    private final Informer<Pod> pods;
    private final Scales scales;
    private final ReconcileLoop<ObjectKey> loop;

    public DisruptionController(ControllerContext context) {
        this.context = context;
        budgets = context.informers().informer(PodDisruptionBudget.class);
        pods = context.informers().informer(Pod.class);
        scales = new Scales(context.client());
        loop = context.loop("disruption", 1, this::reconcile);
        budgets.addHandler(ReconcileLoop.keys(loop));
        pods.addHandler(new ResourceHandler<>() {
            @Override
            public void added(Pod pod, boolean initial) {
                wake(pod);
            }

            @Override
            public void updated(Pod before, Pod after) {
                if (!Selectors.labels(before).equals(Selectors.labels(after))) {
                    wake(before);
                }
                wake(after);
            }

            @Override
            public void deleted(Pod last) {
                wake(last);
            }
        });
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }

    private void wake(Pod pod) {
        for (PodDisruptionBudget budget : budgets.list(pod.getMetadata().getNamespace())) {
            if (Selectors.matches(Selectors.of(budget.getSpec().getSelector()), pod)) {
                loop.add(ResourceType.keyOf(budget));
            }
        }
    }

    private Outcome reconcile(ObjectKey key) {
        Optional<PodDisruptionBudget> found = budgets.get(key);
        if (found.isEmpty()) {
            return Outcome.DONE;
        }
        PodDisruptionBudget budget = found.get();
        var selector = Selectors.of(budget.getSpec().getSelector());
        List<Pod> guarded = pods.list(key.namespace()).stream()
                .filter(pod -> Selectors.matches(selector, pod))
                .toList();
        Instant now = context.clock().instant();
        if (guarded.isEmpty()) {
            context.events().normal(budget, "NoPods", "No matching pods found");
        }
        BudgetStatus next;
        try {
            int scale = BudgetStatus.needsScale(budget) ? scales.of(guarded) : 0;
            next = BudgetStatus.of(budget, guarded, scale, now);
        } catch (Scales.NoScale | ApiException e) {
            String why = e instanceof ApiException api ? api.message() : String.valueOf(e.getMessage());
            context.events()
                    .warning(
                            budget,
                            "CalculateExpectedPodCountFailed",
                            "Failed to calculate the number of expected pods: " + why);
            write(budget, BudgetStatus.failed(budget, why, now));
            return Outcome.retry(why);
        }
        if (BudgetStatus.needsScale(budget)
                && guarded.stream().anyMatch(pod -> Owners.controllerOf(pod).isEmpty())) {
            context.events()
                    .warning(
                            budget,
                            "UnmanagedPods",
                            "Pods selected by this PodDisruptionBudget (selector: " + selector
                                    + ") were found to be unmanaged. As a result, the status of the PDB cannot be"
                                    + " calculated correctly, which may result in undefined behavior. To account for"
                                    + " these pods please set \".spec.minAvailable\" field of the PDB to an integer"
                                    + " value.");
        }
        write(budget, next.status());
        return next.recheck().map(Outcome::later).orElse(Outcome.DONE);
    }

    private void write(PodDisruptionBudget budget, PodDisruptionBudgetStatus status) {
        if (!status.equals(budget.getStatus())) {
            PodDisruptionBudget next = ObjectJson.copy(budget);
            next.setStatus(status);
            context.client().resource(PodDisruptionBudget.class).updateStatus(next);
        }
    }
}
