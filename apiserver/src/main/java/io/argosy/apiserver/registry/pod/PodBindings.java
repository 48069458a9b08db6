package io.argosy.apiserver.registry.pod;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import io.argosy.apiserver.registry.Creator;
import io.argosy.apiserver.registry.Statuses;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code pods/binding} and the older {@code bindings}: gives an unassigned pod to a node. */
public final class PodBindings implements Creator {

    private static final GroupResource BINDING = new GroupResource("", "pods/binding");

    private final ClusterObjects objects;
    private final InstantSource clock;

    public PodBindings(ClusterObjects objects, InstantSource clock) {
        this.objects = objects;
        this.clock = clock;
    }

    @Override
    public ObjectValue create(Call call) {
        ObjectValue binding = call.body();
        String bodyName = binding.string("metadata", "name").orElse("");
        String name = call.request().target().name().isEmpty()
                ? bodyName
                : call.request().target().name();
        if (!name.equals(bodyName)) {
            throw ApiException.badRequest("name in URL does not match name in Binding object");
        }
        List<FieldError> errors = validate(binding);
        if (!errors.isEmpty()) {
            List<String> texts = errors.stream().map(FieldError::toString).toList();
            throw ApiException.internal(texts.size() == 1 ? texts.getFirst() : texts.toString());
        }
        call.admit().run();
        Instant now = clock.instant();
        String namespace = call.request().target().namespace();
        if (call.dryRun()) {
            ObjectValue pod = objects.findLatest(Resources.PODS, namespace, name)
                    .orElseThrow(() -> ApiException.notFound(Resources.PODS, name));
            assign(pod, binding, name, now);
        } else {
            objects.update(Resources.PODS, namespace, name, pod -> assign(pod, binding, name, now));
        }
        return Statuses.success(201);
    }

    static List<FieldError> validate(ObjectValue binding) {
        List<FieldError> errors = new ArrayList<>();
        String kind = binding.string("target", "kind").orElse("");
        if (!kind.isEmpty() && !kind.equals("Node")) {
            errors.add(FieldError.notSupported(
                    FieldPath.of("target", "kind"), Value.of(kind), List.of("Node", "<empty>")));
        }
        if (binding.string("target", "name").orElse("").isEmpty()) {
            errors.add(FieldError.required(FieldPath.of("target", "name"), ""));
        }
        return errors;
    }

    private static ObjectValue assign(ObjectValue pod, ObjectValue binding, String name, Instant now) {
        checkPreconditions(pod, binding, name);
        ObjectValue spec = pod.objectOrNew("spec");
        if (pod.string("metadata", "deletionTimestamp").isPresent()) {
            throw conflict(name, "pod " + name + " is being deleted, cannot be assigned to a host");
        }
        String node = spec.string("nodeName").orElse("");
        if (!node.isEmpty()) {
            throw conflict(name, "pod " + name + " is already assigned to node \"" + node + "\"");
        }
        if (spec.array("schedulingGates").map(gates -> !gates.isEmpty()).orElse(false)) {
            throw conflict(name, "pod " + name + " has non-empty .spec.schedulingGates");
        }
        spec.put("nodeName", binding.string("target", "name").orElseThrow());
        pod.objectOrNew("status").remove("nominatedNodeName");
        copyAll(binding, pod, "annotations");
        copyAll(binding, pod, "labels");
        PodConditions.put(pod, "PodScheduled", "True", "", "", now);
        return pod;
    }

    private static void checkPreconditions(ObjectValue pod, ObjectValue binding, String name) {
        for (Map.Entry<String, String> field :
                Map.of("uid", "UID", "resourceVersion", "ResourceVersion").entrySet()) {
            Optional<String> wanted = binding.string("metadata", field.getKey()).filter(text -> !text.isEmpty());
            String actual = pod.string("metadata", field.getKey()).orElse("");
            if (wanted.isPresent() && !wanted.get().equals(actual)) {
                throw ApiException.conflict(
                        Resources.PODS,
                        name,
                        "Precondition failed: " + field.getValue() + " in precondition: " + wanted.get() + ", "
                                + field.getValue() + " in object meta: " + actual);
            }
        }
    }

    private static void copyAll(ObjectValue binding, ObjectValue pod, String field) {
        binding.object("metadata", field)
                .filter(entries -> !entries.isEmpty())
                .ifPresent(entries -> entries.fields()
                        .forEach((key, value) ->
                                pod.objectOrNew("metadata").objectOrNew(field).put(key, value)));
    }

    private static ApiException conflict(String name, String why) {
        return ApiException.conflict(BINDING, name, why);
    }
}
