package io.argosy.apiserver.registry.pod;

import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.registry.Strategy;
import io.argosy.apiserver.registry.StrategyContext;
import io.argosy.apiserver.registry.lifecycle.Trees;
import io.argosy.apiserver.registry.lifecycle.Validation;
import io.argosy.apiserver.registry.warning.PodWarnings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes to pods and to their subresources that hold a pod. */
public final class PodStrategy implements Strategy {

    /** The parts of a pod that are written apart. */
    public enum Part {
        WHOLE,
        STATUS,
        EPHEMERAL_CONTAINERS,
        RESIZE
    }

    private static final List<String> METADATA = List.of("labels", "annotations", "finalizers", "ownerReferences");

    private final Part part;
    private final Validation validation;

    public PodStrategy(Part part, Validation validation) {
        this.part = part;
        this.validation = validation;
    }

    @Override
    public void prepareForCreate(StrategyContext context, ObjectValue pod) {
        pod.objectOrNew("metadata").put("generation", 1);
        pod.put(
                "status",
                new ObjectValue()
                        .put("phase", "Pending")
                        .put("qosClass", QualityOfService.of(pod).text()));
        boolean gated = pod.array("spec", "schedulingGates")
                .map(gates -> !gates.isEmpty())
                .orElse(false);
        if (gated) {
            PodConditions.put(
                    pod,
                    "PodScheduled",
                    "False",
                    "SchedulingGated",
                    "Scheduling is blocked due to non-empty scheduling gates",
                    context.now());
        }
        PodSelectors.merge(pod);
        AppArmorAnnotations.toFields(pod);
    }

    @Override
    public List<String> warningsOnCreate(StrategyContext context, ObjectValue pod) {
        return PodWarnings.ofPod(pod);
    }

    @Override
    public void prepareForUpdate(StrategyContext context, ObjectValue pod, ObjectValue old) {
        switch (part) {
            case WHOLE -> {
                Trees.keep(pod, old, "status");
                countGeneration(pod, old);
            }
            case STATUS -> prepareStatus(pod, old);
            case EPHEMERAL_CONTAINERS -> {
                ObjectValue asked = pod.object("spec").orElseGet(ObjectValue::new);
                keepAllButSpec(pod, old);
                Trees.keep(pod.objectOrNew("spec"), asked, "ephemeralContainers");
                countGeneration(pod, old);
            }
            case RESIZE -> {
                ObjectValue asked = pod.object("spec").orElseGet(ObjectValue::new);
                keepAllButSpec(pod, old);
                Resizes.take(asked, pod.objectOrNew("spec"));
                countGeneration(pod, old);
            }
        }
    }

    private static void keepAllButSpec(ObjectValue pod, ObjectValue old) {
        Trees.keep(pod, old, "spec");
        Trees.keep(pod, old, "status");
        METADATA.forEach(field -> Trees.keepMetadata(pod, old, field));
    }

    private static void countGeneration(ObjectValue pod, ObjectValue old) {
        long generation = old.integer("metadata", "generation").orElse(0L);
        if (!Trees.same(pod.at("spec"), old.at("spec"))) {
            generation++;
        }
        if (generation > 0) {
            pod.objectOrNew("metadata").put("generation", generation);
        }
    }

    private static void prepareStatus(ObjectValue pod, ObjectValue old) {
        Trees.keep(pod, old, "spec");
        Trees.keepMetadata(pod, old, "ownerReferences");
        Trees.keepMetadata(pod, old, "generation");
        ObjectValue status = pod.objectOrNew("status");
        ObjectValue oldStatus = old.object("status").orElseGet(ObjectValue::new);
        if (status.string("qosClass").orElse("").isEmpty()) {
            Trees.keep(status, oldStatus, "qosClass");
        }
        if (status.integer("observedGeneration").orElse(0L) == 0) {
            Trees.keep(status, oldStatus, "observedGeneration");
        }
        keepObservedGenerations(status, oldStatus);
    }

    private static void keepObservedGenerations(ObjectValue status, ObjectValue oldStatus) {
        Map<String, List<Long>> known = new HashMap<>();
        oldStatus
                .array("conditions")
                .ifPresent(conditions -> conditions
                        .objects()
                        .forEach(condition -> known.computeIfAbsent(
                                        condition.string("type").orElse(""), _ -> new ArrayList<>())
                                .add(condition.integer("observedGeneration").orElse(0L))));
        status.array("conditions")
                .ifPresent(conditions -> conditions.objects().forEach(condition -> {
                    List<Long> generations =
                            known.getOrDefault(condition.string("type").orElse(""), List.of());
                    long before = generations.isEmpty() ? 0 : generations.removeFirst();
                    if (condition.integer("observedGeneration").orElse(0L) == 0 && before != 0) {
                        condition.put("observedGeneration", before);
                    }
                }));
    }

    @Override
    public List<FieldError> validate(StrategyContext context, ObjectValue pod) {
        return validation.errors(pod);
    }

    @Override
    public List<FieldError> validateUpdate(StrategyContext context, ObjectValue pod, ObjectValue old) {
        return part == Part.STATUS ? validation.statusErrors(pod, old) : validation.errors(pod, old);
    }

    @Override
    public Optional<Duration> gracePeriod(StrategyContext context, ObjectValue pod, Optional<Duration> requested) {
        String phase = pod.string("status", "phase").orElse("");
        if (pod.string("spec", "nodeName").orElse("").isEmpty()
                || phase.equals("Failed")
                || phase.equals("Succeeded")) {
            return Optional.of(Duration.ZERO);
        }
        Duration period = requested.orElseGet(() -> Duration.ofSeconds(
                pod.integer("spec", "terminationGracePeriodSeconds").orElse(0L)));
        return Optional.of(period.isNegative() ? Duration.ofSeconds(1) : period);
    }

    @Override
    public List<String> resetFields() {
        return switch (part) {
            case WHOLE -> List.of("status");
            case STATUS -> List.of("spec", "metadata.deletionTimestamp", "metadata.ownerReferences");
            case EPHEMERAL_CONTAINERS, RESIZE -> List.of("status", "metadata");
        };
    }
}
