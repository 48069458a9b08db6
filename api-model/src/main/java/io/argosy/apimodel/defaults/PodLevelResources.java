package io.argosy.apimodel.defaults;

import io.argosy.apimodel.quantity.Quantity;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Resources of a pod as a whole (KEP-2837): when partly given, the rest is filled from what the containers ask for
 * together, and then from the limits.
 */
final class PodLevelResources {

    private static final String HUGE_PAGES = "hugepages-";

    private PodLevelResources() {}

    static void fill(ObjectValue spec) {
        spec.object("resources").ifPresent(resources -> {
            fillHugePageLimits(spec, resources);
            fillRequests(spec, resources);
        });
    }

    private static void fillHugePageLimits(ObjectValue spec, ObjectValue resources) {
        ObjectValue requests = resources.object("requests").orElseGet(ObjectValue::new);
        ObjectValue limits = resources.object("limits").orElseGet(ObjectValue::new);
        if (requests.isEmpty() && limits.isEmpty()) {
            return;
        }
        total(spec, "limits").forEach((name, amount) -> {
            if (name.startsWith(HUGE_PAGES) && !requests.has(name) && !limits.has(name)) {
                limits.put(name, amount.toString());
            }
        });
        if (!limits.isEmpty()) {
            resources.put("limits", limits);
        }
    }

    private static void fillRequests(ObjectValue spec, ObjectValue resources) {
        ObjectValue limits = resources.object("limits").orElseGet(ObjectValue::new);
        if (limits.isEmpty()) {
            return;
        }
        ObjectValue requests = resources.object("requests").orElseGet(ObjectValue::new);
        total(spec, "requests").forEach((name, amount) -> {
            if (isCpuOrMemory(name) && !requests.has(name)) {
                requests.put(name, amount.toString());
            }
        });
        limits.fields().forEach((name, amount) -> {
            if ((isCpuOrMemory(name) || name.startsWith(HUGE_PAGES)) && !requests.has(name)) {
                requests.put(name, amount);
            }
        });
        if (!requests.isEmpty()) {
            resources.put("requests", requests);
        }
    }

    private static boolean isCpuOrMemory(String name) {
        return name.equals("cpu") || name.equals("memory");
    }

    /**
     * What all containers take at once at most: those that run together, or an init container with the restartable ones
     * started before it.
     */
    private static Map<String, Quantity> total(ObjectValue spec, String kind) {
        Map<String, Quantity> running = new HashMap<>();
        spec.array("containers").stream()
                .flatMap(ArrayValue::objects)
                .forEach(container -> ResourceLists.add(running, of(container, kind)));
        Map<String, Quantity> restartable = new HashMap<>();
        Map<String, Quantity> starting = new HashMap<>();
        spec.array("initContainers").stream().flatMap(ArrayValue::objects).forEach(container -> {
            Map<String, Quantity> own = of(container, kind);
            if (container.string("restartPolicy").orElse("").equals("Always")) {
                ResourceLists.add(running, own);
                ResourceLists.add(restartable, own);
                ResourceLists.max(starting, restartable);
            } else {
                ResourceLists.add(own, restartable);
                ResourceLists.max(starting, own);
            }
        });
        ResourceLists.max(running, starting);
        return running;
    }

    private static Map<String, Quantity> of(ObjectValue container, String kind) {
        Map<String, Quantity> amounts = new HashMap<>();
        container
                .object("resources", kind)
                .ifPresent(list -> list.fields()
                        .forEach((name, value) -> quantity(value).ifPresent(amount -> amounts.put(name, amount))));
        return amounts;
    }

    private static Optional<Quantity> quantity(Value value) {
        return value instanceof StringValue text ? Quantity.tryParse(text.value()) : Optional.empty();
    }
}
