package io.argosy.apiserver.admission.runtimeclass;

import io.argosy.apimodel.quota.Amounts;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.admission.AdmissionPlugin;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.admission.Refusals;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives pods the overhead and the places of their RuntimeClass, and refuses pods whose class does not exist.
 *
 * <p>Sources: Kubernetes pages "Runtime Class" and "Pod Overhead".
 */
public final class RuntimeClassPlugin implements AdmissionPlugin {

    private final ClusterObjects objects;

    public RuntimeClassPlugin(ClusterObjects objects) {
        this.objects = objects;
    }

    @Override
    public String name() {
        return "RuntimeClass";
    }

    @Override
    public boolean handles(Operation operation) {
        return operation == Operation.CREATE;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        if (!request.isFor("", "pods", "")) {
            return;
        }
        ObjectValue spec = request.object().orElseThrow().objectOrNew("spec");
        Optional<ObjectValue> runtimeClass = find(request, spec);
        runtimeClass
                .flatMap(found -> found.object("overhead"))
                .ifPresent(overhead -> setOverhead(request, spec, overhead));
        runtimeClass
                .flatMap(found -> found.object("scheduling"))
                .ifPresent(scheduling -> setScheduling(request, spec, scheduling));
    }

    private Optional<ObjectValue> find(AdmissionRequest request, ObjectValue spec) {
        Optional<String> name = spec.string("runtimeClassName");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Optional<ObjectValue> found = objects.find(Resources.RUNTIME_CLASSES, "", name.get())
                .or(() -> objects.findLatest(Resources.RUNTIME_CLASSES, "", name.get()));
        if (found.isEmpty()) {
            throw Refusals.forbidden(request, "pod rejected: RuntimeClass \"" + name.get() + "\" not found");
        }
        return found;
    }

    private static void setOverhead(AdmissionRequest request, ObjectValue spec, ObjectValue overhead) {
        Amounts wanted = Amounts.read(overhead.object("podFixed"));
        Amounts given = Amounts.read(spec.object("overhead"));
        if (!given.isEmpty() && !given.sameAs(wanted)) {
            throw otherOverhead(request);
        }
        if (wanted.isEmpty()) {
            spec.remove("overhead");
        } else {
            spec.put("overhead", overhead.object("podFixed").orElseThrow().copy());
        }
    }

    private static RuntimeException otherOverhead(AdmissionRequest request) {
        return Refusals.forbidden(
                request, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
    }

    private static void setScheduling(AdmissionRequest request, ObjectValue spec, ObjectValue scheduling) {
        scheduling
                .object("nodeSelector")
                .filter(selector -> !selector.isEmpty())
                .ifPresent(wanted -> {
                    ObjectValue selector = spec.objectOrNew("nodeSelector");
                    for (Map.Entry<String, Value> entry : wanted.fields().entrySet()) {
                        String key = entry.getKey();
                        Optional<Value> given = selector.at(key);
                        if (given.isPresent() && !given.get().equals(entry.getValue())) {
                            throw Refusals.forbidden(
                                    request,
                                    "conflict: runtimeClass.scheduling.nodeSelector[" + key + "] = "
                                            + text(entry.getValue()) + "; pod.spec.nodeSelector[" + key + "] = "
                                            + text(given.get()));
                        }
                        selector.put(key, entry.getValue().copy());
                    }
                });
        ArrayValue merged = Tolerations.merge(tolerations(spec), tolerations(scheduling));
        if (!merged.isEmpty()) {
            spec.put("tolerations", merged);
        }
    }

    private static String text(Value value) {
        return value instanceof StringValue text ? text.value() : value.toString();
    }

    private static List<ObjectValue> tolerations(ObjectValue holder) {
        return holder.array("tolerations").stream().flatMap(ArrayValue::objects).toList();
    }

    @Override
    public void validate(AdmissionRequest request) {
        if (!request.isFor("", "pods", "")) {
            return;
        }
        ObjectValue spec = request.object().flatMap(pod -> pod.object("spec")).orElseGet(ObjectValue::new);
        Optional<ObjectValue> overhead = find(request, spec).flatMap(found -> found.object("overhead"));
        if (overhead.isPresent()) {
            if (!Amounts.read(overhead.get().object("podFixed")).sameAs(Amounts.read(spec.object("overhead")))) {
                throw otherOverhead(request);
            }
        } else if (spec.object("overhead").isPresent()) {
            throw Refusals.forbidden(
                    request, "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
        }
    }
}
