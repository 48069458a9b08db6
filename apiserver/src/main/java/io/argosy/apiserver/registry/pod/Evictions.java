package io.argosy.apiserver.registry.pod;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import io.argosy.apiserver.registry.Creator;
import io.argosy.apiserver.registry.Statuses;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code pods/eviction}: deletes a pod if its disruption budget allows it. */
public final class Evictions implements Creator {

    private static final Set<String> UNGUARDED_PHASES = Set.of("Succeeded", "Failed", "Pending");

    /** Deletes a pod as a DELETE request with these options would, admission left out. */
    @FunctionalInterface
    public interface Deletion {
        void delete(Call call, String namespace, String name, ObjectValue options) throws InterruptedException;
    }

    /** What a budget says; sealed so that each answer is handled. */
    private sealed interface Verdict {
        record Go() implements Verdict {}

        record GoIfUnchanged() implements Verdict {}

        record TooManyBudgets() implements Verdict {}
    }

    private final ClusterObjects objects;
    private final Deletion deletion;
    private final InstantSource clock;

    public Evictions(ClusterObjects objects, Deletion deletion, InstantSource clock) {
        this.objects = objects;
        this.deletion = deletion;
        this.clock = clock;
    }

    @Override
    public ObjectValue create(Call call) throws InterruptedException {
        ObjectValue eviction = call.body();
        String namespace = call.request().target().namespace();
        String name = call.request().target().name();
        if (!name.equals(eviction.string("metadata", "name").orElse(""))) {
            throw ApiException.badRequest("name in URL does not match name in Eviction object");
        }
        ObjectValue options =
                eviction.object("deleteOptions").map(ObjectValue::copy).orElseGet(ObjectValue::new);
        if (options.isTrue("ignoreStoreReadErrorWithClusterBreakingPotential")) {
            throw ApiException.invalid(
                    "policy",
                    "Eviction",
                    name,
                    List.of(FieldError.invalid(
                            FieldPath.of("deleteOptions", "ignoreStoreReadErrorWithClusterBreakingPotential"),
                            Value.of(true),
                            "can not be set for pod eviction, try after removing the option")));
        }
        boolean dryRun = call.dryRun()
                || options.array("dryRun").map(array -> !array.isEmpty()).orElse(false);
        if (dryRun) {
            options.put("dryRun", ArrayValue.ofStrings(List.of("All")));
        }
        call.admit().run();
        ObjectValue pod = objects.findLatest(Resources.PODS, namespace, name)
                .orElseThrow(() -> ApiException.notFound(Resources.PODS, name));
        Verdict verdict = unguarded(pod) ? unguardedVerdict(pod) : verdict(pod, namespace, name, dryRun);
        if (verdict instanceof Verdict.TooManyBudgets) {
            return Statuses.failure(
                    500,
                    "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
        }
        evict(call, namespace, name, pod, options, verdict instanceof Verdict.GoIfUnchanged, dryRun);
        return Statuses.success(201);
    }

    private static boolean unguarded(ObjectValue pod) {
        return UNGUARDED_PHASES.contains(pod.string("status", "phase").orElse(""))
                || pod.string("metadata", "deletionTimestamp").isPresent();
    }

    private static Verdict unguardedVerdict(ObjectValue pod) {
        boolean pending = pod.string("status", "phase").orElse("").equals("Pending")
                && pod.string("metadata", "deletionTimestamp").isEmpty();
        return pending ? new Verdict.GoIfUnchanged() : new Verdict.Go();
    }

    private Verdict verdict(ObjectValue pod, String namespace, String name, boolean dryRun) {
        List<ObjectValue> budgets = objects.list(Resources.POD_DISRUPTION_BUDGETS, namespace).stream()
                .filter(budget -> guards(budget, pod))
                .toList();
        if (budgets.size() > 1) {
            return new Verdict.TooManyBudgets();
        }
        if (budgets.isEmpty()) {
            return new Verdict.Go();
        }
        ObjectValue budget = budgets.getFirst();
        if (!PodConditions.isTrue(pod, "Ready")) {
            long healthy = budget.integer("status", "currentHealthy").orElse(0L);
            long desired = budget.integer("status", "desiredHealthy").orElse(0L);
            boolean always = budget.string("spec", "unhealthyPodEvictionPolicy")
                    .orElse("")
                    .equals("AlwaysAllow");
            if (always || (healthy >= desired && desired > 0)) {
                return new Verdict.GoIfUnchanged();
            }
        }
        String budgetName = budget.string("metadata", "name").orElse("");
        takeDisruption(namespace, budgetName, name, dryRun);
        return new Verdict.Go();
    }

    private static boolean guards(ObjectValue budget, ObjectValue pod) {
        Map<String, String> labels = new HashMap<>();
        pod.object("metadata", "labels")
                .ifPresent(all -> all.fields().forEach((key, value) -> {
                    if (value instanceof StringValue text) {
                        labels.put(key, text.value());
                    }
                }));
        try {
            return LabelSelector.of(budget.object("spec", "selector")).matches(labels);
        } catch (IllegalArgumentException | ApiException _) {
            return false;
        }
    }

    private void takeDisruption(String namespace, String budget, String pod, boolean dryRun) {
        Instant now = clock.instant();
        if (dryRun) {
            objects.findLatest(Resources.POD_DISRUPTION_BUDGETS, namespace, budget)
                    .ifPresent(found -> DisruptionBudgets.take(found, pod, now));
            return;
        }
        objects.update(
                Resources.POD_DISRUPTION_BUDGETS, namespace, budget, found -> DisruptionBudgets.take(found, pod, now));
    }

    private void evict(
            Call call,
            String namespace,
            String name,
            ObjectValue pod,
            ObjectValue options,
            boolean onlyIfUnchanged,
            boolean dryRun)
            throws InterruptedException {
        Optional<String> askedVersion = options.string("preconditions", "resourceVersion");
        Optional<String> expected =
                askedVersion.isPresent() || !onlyIfUnchanged ? askedVersion : pod.string("metadata", "resourceVersion");
        if (!dryRun) {
            Instant now = clock.instant();
            ObjectValue marked = objects.update(Resources.PODS, namespace, name, current -> {
                checkVersion(current, name, expected, askedVersion.isPresent());
                PodConditions.put(
                        current, "DisruptionTarget", "True", "EvictionByEvictionAPI", "Eviction API: evicting", now);
                return current;
            });
            if (expected.isPresent()) {
                options.objectOrNew("preconditions")
                        .put(
                                "resourceVersion",
                                marked.string("metadata", "resourceVersion").orElse(""));
            }
        }
        deletion.delete(call, namespace, name, options);
    }

    private static void checkVersion(ObjectValue pod, String name, Optional<String> expected, boolean asked) {
        String actual = pod.string("metadata", "resourceVersion").orElse("");
        if (expected.isEmpty() || expected.get().equals(actual)) {
            return;
        }
        if (!asked) {
            throw DisruptionBudgets.tooManyRequests("");
        }
        throw ApiException.conflict(
                Resources.PODS,
                name,
                "the ResourceVersion in the precondition (" + expected.get()
                        + ") does not match the ResourceVersion in record (" + actual
                        + "). The object might have been modified");
    }
}
