package io.argosy.apimodel.quota;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a whole pod asks for and is limited to, resizes that are on their way included: of each container the most of
 * what is wanted, allocated and in force.
 *
 * <p>Sources: Kubernetes pages "Resource Management for Pods and Containers", "Resize CPU and Memory Resources assigned
 * to Containers", "Sidecar Containers", "Pod Overhead".
 */
final class PodResources {

    private static final Set<String> OF_PODS = Set.of("cpu", "memory");

    private final ObjectValue pod;
    private final boolean infeasible;
    private final Map<String, ObjectValue> statuses = new HashMap<>();

    private PodResources(ObjectValue pod) {
        this.pod = pod;
        infeasible = pod.array("status", "conditions").stream()
                .flatMap(ArrayValue::objects)
                .filter(condition -> condition.string("type").orElse("").equals("PodResizePending"))
                .findFirst()
                .flatMap(condition -> condition.string("reason"))
                .filter("Infeasible"::equals)
                .isPresent();
        for (String list : List.of("containerStatuses", "initContainerStatuses")) {
            pod.array("status", list).stream()
                    .flatMap(ArrayValue::objects)
                    .filter(status -> status.object("resources").isPresent())
                    .forEach(status -> statuses.put(status.string("name").orElse(""), status));
        }
    }

    static Amounts requests(ObjectValue pod) {
        PodResources resources = new PodResources(pod);
        return resources
                .total(resources::requested)
                .replacedBy(ofPod(pod, "requests"))
                .plus(Amounts.read(pod.object("spec", "overhead")));
    }

    static Amounts limits(ObjectValue pod) {
        PodResources resources = new PodResources(pod);
        Amounts limits = resources.total(resources::limited).replacedBy(ofPod(pod, "limits"));
        Amounts limited = limits.withoutZeros();
        return limits.plus(Amounts.read(pod.object("spec", "overhead")).only(limited.names()));
    }

    /** Whether the pod as a whole asks for resources or is limited. */
    static boolean saysForPod(ObjectValue pod) {
        return !ofPod(pod, "requests").isEmpty() || !ofPod(pod, "limits").isEmpty();
    }

    private static Amounts ofPod(ObjectValue pod, String list) {
        return Amounts.read(pod.object("spec", "resources", list))
                .where(name -> OF_PODS.contains(name) || name.startsWith(Names.HUGE_PAGES));
    }

    static Stream<ObjectValue> containers(ObjectValue pod, String list) {
        return pod.array("spec", list).stream().flatMap(ArrayValue::objects);
    }

    private static boolean restarts(ObjectValue initContainer) {
        return initContainer.string("restartPolicy").orElse("").equals("Always");
    }

    /** Containers and sidecars run together; each other init container runs with the sidecars before it. */
    private Amounts total(Function<ObjectValue, Amounts> ofContainer) {
        Amounts together = containers(pod, "containers").map(ofContainer).reduce(Amounts.NONE, Amounts::plus);
        Amounts sidecars = Amounts.NONE;
        Amounts peak = Amounts.NONE;
        for (ObjectValue container : containers(pod, "initContainers").toList()) {
            Amounts own = ofContainer.apply(container);
            if (restarts(container)) {
                together = together.plus(own);
                sidecars = sidecars.plus(own);
                peak = peak.atLeast(sidecars);
            } else {
                peak = peak.atLeast(own.plus(sidecars));
            }
        }
        return together.atLeast(peak);
    }

    private Amounts requested(ObjectValue container) {
        Amounts wanted = Amounts.read(container.object("resources", "requests"));
        return status(container)
                .map(status -> {
                    Amounts actual = Amounts.read(status.object("resources", "requests"))
                            .atLeast(Amounts.read(status.object("allocatedResources")));
                    return infeasible ? actual : wanted.atLeast(actual);
                })
                .orElse(wanted);
    }

    private Amounts limited(ObjectValue container) {
        Amounts wanted = Amounts.read(container.object("resources", "limits"));
        return status(container)
                .map(status -> {
                    Amounts actual = Amounts.read(status.object("resources", "limits"));
                    return infeasible ? actual : wanted.atLeast(actual);
                })
                .orElse(wanted);
    }

    /** Init containers that end are never resized. */
    private Optional<ObjectValue> status(ObjectValue container) {
        String name = container.string("name").orElse("");
        boolean ends = containers(pod, "initContainers")
                .anyMatch(init -> init.string("name").orElse("").equals(name) && !restarts(init));
        return ends ? Optional.empty() : Optional.ofNullable(statuses.get(name));
    }
}
