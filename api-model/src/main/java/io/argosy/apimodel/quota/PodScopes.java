package io.argosy.apimodel.quota;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.Optional;
import java.util.stream.Stream;

/** Which scopes take a pod. */
final class PodScopes {

    private PodScopes() {}

    static boolean take(ScopeRule scope, ObjectValue pod) {
        return switch (scope.scope()) {
            case "Terminating" -> isTerminating(pod);
            case "NotTerminating" -> !isTerminating(pod);
            case "BestEffort" -> isBestEffort(pod);
            case "NotBestEffort" -> !isBestEffort(pod);
            case "PriorityClass" ->
                scope.takes(pod.string("spec", "priorityClassName").filter(name -> !name.isEmpty()));
            case "CrossNamespacePodAffinity" -> looksAtOtherNamespaces(pod);
            default -> false;
        };
    }

    /** Whether the pod ends by itself after some time. */
    static boolean isTerminating(ObjectValue pod) {
        return pod.integer("spec", "activeDeadlineSeconds")
                .filter(seconds -> seconds >= 0)
                .isPresent();
    }

    private static boolean isBestEffort(ObjectValue pod) {
        Optional<String> known = pod.string("status", "qosClass").filter(name -> !name.isEmpty());
        if (known.isPresent()) {
            return known.get().equals("BestEffort");
        }
        if (PodResources.saysForPod(pod)) {
            return !asks(pod.object("spec"));
        }
        return Stream.of("containers", "initContainers")
                .flatMap(list -> PodResources.containers(pod, list))
                .noneMatch(container -> asks(Optional.of(container)));
    }

    private static boolean asks(Optional<ObjectValue> holder) {
        return Stream.of("requests", "limits")
                .map(list -> Amounts.read(holder.flatMap(object -> object.object("resources", list))))
                .flatMap(amounts -> Stream.of("cpu", "memory").map(amounts::get))
                .flatMap(Optional::stream)
                .anyMatch(amount -> amount.signum() > 0);
    }

    private static boolean looksAtOtherNamespaces(ObjectValue pod) {
        return Stream.of("podAffinity", "podAntiAffinity")
                .flatMap(kind -> pod.object("spec", "affinity", kind).stream())
                .flatMap(PodScopes::terms)
                .anyMatch(term -> term.array("namespaces")
                                .filter(names -> !names.isEmpty())
                                .isPresent()
                        || term.object("namespaceSelector").isPresent());
    }

    private static Stream<ObjectValue> terms(ObjectValue affinity) {
        Stream<ObjectValue> required = affinity.array("requiredDuringSchedulingIgnoredDuringExecution").stream()
                .flatMap(ArrayValue::objects);
        Stream<ObjectValue> preferred = affinity.array("preferredDuringSchedulingIgnoredDuringExecution").stream()
                .flatMap(ArrayValue::objects)
                .flatMap(weighted -> weighted.object("podAffinityTerm").stream());
        return Stream.concat(required, preferred);
    }
}
