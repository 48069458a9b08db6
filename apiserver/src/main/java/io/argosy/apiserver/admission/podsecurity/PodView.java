package io.argosy.apiserver.admission.podsecurity;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A pod, or the template of one, as the checks look at it.
 *
 * @param spec its PodSpec
 * @param containers its containers of all kinds, init containers first
 */
record PodView(ObjectValue annotations, ObjectValue spec, List<ObjectValue> containers) {

    PodView {
        containers = List.copyOf(containers);
    }

    static PodView of(ObjectValue pod) {
        ObjectValue spec = pod.object("spec").orElseGet(ObjectValue::new);
        List<ObjectValue> containers = Stream.of("initContainers", "containers", "ephemeralContainers")
                .flatMap(list -> spec.array(list).stream().flatMap(ArrayValue::objects))
                .toList();
        return new PodView(pod.object("metadata", "annotations").orElseGet(ObjectValue::new), spec, containers);
    }

    static String name(ObjectValue container) {
        return container.string("name").orElse("");
    }

    /** The securityContext of the pod or of a container; empty where it says nothing. */
    static ObjectValue security(ObjectValue holder) {
        return holder.object("securityContext").orElseGet(ObjectValue::new);
    }

    boolean isWindows() {
        return spec.string("os", "name").orElse("").equals("windows");
    }

    /** Whether root in the pod is not root on the node. */
    boolean hasOwnUsers() {
        return spec.at("hostUsers").equals(Optional.of(BooleanValue.FALSE));
    }

    /** The names of the containers whose security context is bad. */
    List<String> badContainers(Predicate<ObjectValue> bad) {
        return containers.stream()
                .filter(container -> bad.test(security(container)))
                .map(PodView::name)
                .toList();
    }

    /** {@code pod and containers "a", "b"}: who of the pod and its containers has a bad security context. */
    Optional<String> setters(Predicate<ObjectValue> bad) {
        List<String> setters = new ArrayList<>();
        if (bad.test(security(spec))) {
            setters.add("pod");
        }
        List<String> containers = badContainers(bad);
        if (!containers.isEmpty()) {
            setters.add(Words.containers(containers));
        }
        return setters.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", setters));
    }
}
