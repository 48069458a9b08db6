package io.argosy.apiserver.registry.pod;

import io.argosy.apimodel.quantity.Quantity;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The class of a pod when its node runs short.
 *
 * <p>Source: Kubernetes page "Pod Quality of Service Classes".
 */
public enum QualityOfService {
    GUARANTEED("Guaranteed"),
    BURSTABLE("Burstable"),
    BEST_EFFORT("BestEffort");

    private static final List<String> COMPUTE = List.of("cpu", "memory");

    private final String text;

    QualityOfService(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public static QualityOfService of(ObjectValue pod) {
        Optional<ObjectValue> whole = pod.object("spec", "resources");
        if (whole.isPresent()
                && (!compute(whole.get(), "limits").isEmpty()
                        || !compute(whole.get(), "requests").isEmpty())) {
            return of(List.of(new ObjectValue().put("resources", whole.get())));
        }
        List<ObjectValue> containers = new ArrayList<>();
        Stream.of("containers", "initContainers")
                .forEach(list -> pod.array("spec", list)
                        .ifPresent(array -> array.objects().forEach(containers::add)));
        return of(containers);
    }

    private static QualityOfService of(List<ObjectValue> containers) {
        Map<String, Quantity> requests = new TreeMap<>();
        Map<String, Quantity> limits = new TreeMap<>();
        boolean guaranteed = true;
        for (ObjectValue container : containers) {
            ObjectValue resources = container.object("resources").orElseGet(ObjectValue::new);
            compute(resources, "requests").forEach((name, amount) -> requests.merge(name, amount, Quantity::plus));
            Map<String, Quantity> own = compute(resources, "limits");
            own.forEach((name, amount) -> limits.merge(name, amount, Quantity::plus));
            guaranteed &= own.keySet().containsAll(COMPUTE);
        }
        if (requests.isEmpty() && limits.isEmpty()) {
            return BEST_EFFORT;
        }
        boolean equal = guaranteed
                && requests.size() == limits.size()
                && requests.entrySet().stream()
                        .allMatch(request -> limits.get(request.getKey()) != null
                                && limits.get(request.getKey()).sameAmount(request.getValue()));
        return equal ? GUARANTEED : BURSTABLE;
    }

    private static Map<String, Quantity> compute(ObjectValue resources, String field) {
        Map<String, Quantity> amounts = new TreeMap<>();
        resources.object(field).ifPresent(all -> {
            for (String name : COMPUTE) {
                if (all.at(name).orElse(null) instanceof StringValue text) {
                    Quantity.tryParse(text.value())
                            .filter(amount -> amount.signum() > 0)
                            .ifPresent(amount -> amounts.put(name, amount));
                }
            }
        });
        return amounts;
    }
}
