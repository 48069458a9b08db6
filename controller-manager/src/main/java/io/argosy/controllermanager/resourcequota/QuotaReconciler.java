package io.argosy.controllermanager.resourcequota;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.quota.Amounts;
import io.argosy.apimodel.quota.Evaluator;
import io.argosy.apimodel.quota.Evaluators;
import io.argosy.apimodel.quota.Quota;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.client.informer.Informer;
import io.argosy.client.request.ObjectJson;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.Reconciler;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts what one quota limits and writes it into its status. */
final class QuotaReconciler implements Reconciler<ObjectKey> {

    /** How soon to look again when a watch that was begun for this quota has no list yet. */
    private static final Duration SOON = Duration.ofMillis(200);

    private final ControllerContext context;
    private final Informer<ResourceQuota> quotas;
    private final Evaluators evaluators;
    private final Sources sources;
    private final WatchedDeviceClasses classes;
    private final Runnable discover;

    /** @param discover asks the server what it serves, unless it was asked just now */
    QuotaReconciler(
            ControllerContext context,
            Informer<ResourceQuota> quotas,
            Evaluators evaluators,
            Sources sources,
            WatchedDeviceClasses classes,
            Runnable discover) {
        this.context = context;
        this.quotas = quotas;
        this.evaluators = evaluators;
        this.sources = sources;
        this.classes = classes;
        this.discover = discover;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        Optional<ResourceQuota> found = quotas.get(key);
        if (found.isEmpty()) {
            return Outcome.DONE;
        }
        Quota quota = Quota.of(QuotaTrees.of(found.get()));
        List<Evaluator> measuring = evaluators.measuring(quota.wanted().names());
        if (measuring.stream()
                .anyMatch(evaluator -> sources.find(evaluator.resource()).isEmpty())) {
            discover.run();
        }
        Map<Evaluator, List<ObjectValue>> objects = new LinkedHashMap<>();
        for (Evaluator evaluator : measuring) {
            Optional<Source> source = sources.find(evaluator.resource());
            if (source.isPresent()) {
                if (!source.get().hasSynced() || !classes.hasSynced()) {
                    return Outcome.later(SOON);
                }
                objects.put(evaluator, source.get().list(key.namespace()));
            }
        }
        Amounts used = Recount.used(quota, objects, context.clock().instant());
        return Recount.differs(quota, used) ? write(found.get(), used) : Outcome.DONE;
    }

    private Outcome write(ResourceQuota quota, Amounts used) {
        ResourceQuota next = ObjectJson.copy(quota);
        Map<String, Quantity> hard = next.getSpec() == null || next.getSpec().getHard() == null
                ? Map.of()
                : next.getSpec().getHard();
        Map<String, Quantity> counted = new HashMap<>();
        used.byName().forEach((name, amount) -> counted.put(name, new Quantity(amount.toString())));
        ResourceQuotaStatus status = new ResourceQuotaStatus();
        status.setHard(new HashMap<>(hard));
        status.setUsed(counted);
        next.setStatus(status);
        try {
            context.client().resource(ResourceQuota.class).updateStatus(next);
            return Outcome.DONE;
        } catch (ApiException e) {
            return switch (e.code()) {
                // Gone meanwhile.
                case 404 -> Outcome.DONE;
                // Admission charged something meanwhile: the count may be right or not, it is made again.
                case 409 -> Outcome.retry("quota was charged meanwhile");
                default -> throw e;
            };
        }
    }
}
