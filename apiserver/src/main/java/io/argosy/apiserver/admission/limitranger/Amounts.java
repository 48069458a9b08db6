package io.argosy.apiserver.admission.limitranger;

import io.argosy.apimodel.quantity.Quantity;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Requested and limited amounts by resource name. */
public record Amounts(Map<String, Quantity> requests, Map<String, Quantity> limits) {

    public static Amounts of(ObjectValue container) {
        return new Amounts(
                read(container.object("resources", "requests")), read(container.object("resources", "limits")));
    }

    public static Map<String, Quantity> read(Optional<ObjectValue> amounts) {
        Map<String, Quantity> read = new TreeMap<>();
        amounts.ifPresent(all -> all.fields().forEach((name, value) -> {
            if (value instanceof StringValue text) {
                Quantity.tryParse(text.value()).ifPresent(amount -> read.put(name, amount));
            }
        }));
        return read;
    }

    /**
     * What a whole pod asks for: the sum of its containers and restartable init containers, or what an init container
     * needs while it runs, whichever is more; or what the pod says as a whole; and its overhead.
     */
    public static Amounts ofPod(ObjectValue pod) {
        Map<String, Quantity> requests = sum(pod, "requests");
        Map<String, Quantity> limits = sum(pod, "limits");
        requests.putAll(read(pod.object("spec", "resources", "requests")));
        limits.putAll(read(pod.object("spec", "resources", "limits")));
        read(pod.object("spec", "overhead")).forEach((name, amount) -> {
            requests.merge(name, amount, Quantity::plus);
            limits.computeIfPresent(name, (_, limit) -> limit.plus(amount));
        });
        return new Amounts(requests, limits);
    }

    private static Map<String, Quantity> sum(ObjectValue pod, String field) {
        Map<String, Quantity> total = new TreeMap<>();
        containers(pod, "containers").forEach(container -> add(total, read(container.object("resources", field))));
        Map<String, Quantity> sidecars = new TreeMap<>();
        Map<String, Quantity> peak = new TreeMap<>();
        containers(pod, "initContainers").forEach(container -> {
            Map<String, Quantity> own = read(container.object("resources", field));
            if (container.string("restartPolicy").orElse("").equals("Always")) {
                add(total, own);
                add(sidecars, own);
                raise(peak, sidecars);
            } else {
                Map<String, Quantity> together = new TreeMap<>(own);
                add(together, sidecars);
                raise(peak, together);
            }
        });
        raise(total, peak);
        return total;
    }

    private static Stream<ObjectValue> containers(ObjectValue pod, String list) {
        return pod.array("spec", list).stream().flatMap(ArrayValue::objects);
    }

    private static void add(Map<String, Quantity> total, Map<String, Quantity> more) {
        more.forEach((name, amount) -> total.merge(name, amount, Quantity::plus));
    }

    private static void raise(Map<String, Quantity> total, Map<String, Quantity> floor) {
        floor.forEach((name, amount) ->
                total.merge(name, amount, (first, second) -> first.compareTo(second) >= 0 ? first : second));
    }
}
