package io.argosy.apiserver.admission.priority;

import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionPlugin;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.admission.Refusals;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import io.argosy.apiserver.registry.lifecycle.Trees;
import java.util.Comparator;
import java.util.Optional;

/**
 * Sets a pod's priority and preemption policy from its PriorityClass, and lets one class only be the default.
 *
 * <p>Source: Kubernetes page "Pod Priority and Preemption".
 */
public final class Priority implements AdmissionPlugin {

    private final ClusterObjects objects;

    public Priority(ClusterObjects objects) {
        this.objects = objects;
    }

    @Override
    public String name() {
        return "Priority";
    }

    @Override
    public boolean handles(Operation operation) {
        return operation == Operation.CREATE || operation == Operation.UPDATE;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        if (!request.isFor("", "pods", "")) {
            return;
        }
        ObjectValue pod = request.object().orElseThrow();
        ObjectValue spec = pod.objectOrNew("spec");
        if (request.operation() == Operation.UPDATE) {
            ObjectValue old =
                    request.oldObject().flatMap(object -> object.object("spec")).orElseGet(ObjectValue::new);
            if (!spec.has("priority")) {
                Trees.keep(spec, old, "priority");
            }
            if (!spec.has("preemptionPolicy")) {
                Trees.keep(spec, old, "preemptionPolicy");
            }
            return;
        }
        setFromClass(request, spec);
    }

    private void setFromClass(AdmissionRequest request, ObjectValue spec) {
        String name = spec.string("priorityClassName").orElse("");
        Optional<ObjectValue> found = name.isEmpty() ? globalDefault() : find(name);
        if (!name.isEmpty() && found.isEmpty()) {
            throw Refusals.forbidden(request, "no PriorityClass with name " + name + " was found");
        }
        long priority =
                found.flatMap(priorityClass -> priorityClass.integer("value")).orElse(0L);
        String policy = found.flatMap(priorityClass -> priorityClass.string("preemptionPolicy"))
                .orElse("PreemptLowerPriority");
        found.flatMap(priorityClass -> priorityClass.string("metadata", "name"))
                .ifPresent(className -> spec.put("priorityClassName", className));
        Optional<Long> given = spec.integer("priority");
        if (given.isPresent() && given.get() != priority) {
            throw Refusals.forbidden(
                    request,
                    "the integer value of priority (" + given.get()
                            + ") must not be provided in pod spec; priority admission controller computed " + priority
                            + " from the given PriorityClass name");
        }
        Optional<String> givenPolicy = spec.string("preemptionPolicy");
        if (givenPolicy.isPresent() && !givenPolicy.get().equals(policy)) {
            throw Refusals.forbidden(
                    request,
                    "the string value of PreemptionPolicy (" + givenPolicy.get()
                            + ") must not be provided in pod spec; priority admission controller computed " + policy
                            + " from the given PriorityClass name");
        }
        spec.put("priority", priority).put("preemptionPolicy", policy);
    }

    private Optional<ObjectValue> find(String name) {
        return objects.find(Resources.PRIORITY_CLASSES, "", name)
                .or(() -> objects.findLatest(Resources.PRIORITY_CLASSES, "", name));
    }

    private Optional<ObjectValue> globalDefault() {
        return objects.list(Resources.PRIORITY_CLASSES, "").stream()
                .filter(priorityClass -> priorityClass.isTrue("globalDefault"))
                .min(Comparator.comparingLong(
                        priorityClass -> priorityClass.integer("value").orElse(0L)));
    }

    @Override
    public void validate(AdmissionRequest request) {
        if (!request.isFor("scheduling.k8s.io", "priorityclasses", "")
                || !request.object()
                        .map(object -> object.isTrue("globalDefault"))
                        .orElse(false)) {
            return;
        }
        globalDefault()
                .flatMap(other -> other.string("metadata", "name"))
                .filter(other -> request.operation() == Operation.CREATE || !other.equals(request.name()))
                .ifPresent(other -> {
                    throw Refusals.forbidden(
                            request,
                            "PriorityClass " + other + " is already marked as default. Only one default can exist");
                });
    }
}
