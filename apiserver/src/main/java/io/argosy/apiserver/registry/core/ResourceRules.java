package io.argosy.apiserver.registry.core;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.quantity.Quantity;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Spot;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules of amounts of resources. */
public final class ResourceRules {

    private static final Set<String> CONTAINER = Set.of("cpu", "memory", "ephemeral-storage");
    private static final Set<String> STANDARD = Set.of(
            "cpu",
            "memory",
            "ephemeral-storage",
            "requests.cpu",
            "requests.memory",
            "requests.ephemeral-storage",
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage",
            "pods",
            "resourcequotas",
            "services",
            "replicationcontrollers",
            "secrets",
            "configmaps",
            "persistentvolumeclaims",
            "storage",
            "requests.storage",
            "services.nodeports",
            "services.loadbalancers");
    private static final Set<String> WHOLE = Set.of(
            "pods",
            "resourcequotas",
            "services",
            "replicationcontrollers",
            "secrets",
            "configmaps",
            "persistentvolumeclaims",
            "services.nodeports",
            "services.loadbalancers");

    private ResourceRules() {}

    /** The {@code resources} of a container. */
    static void checkContainer(Spot resources) {
        Spot limits = resources.at("limits");
        Spot requests = resources.at("requests");
        limits.entries().forEach(limit -> amount(limit.key(), limit.spot()));
        for (Spot.Entry request : requests.entries()) {
            amount(request.key(), request.spot());
            compare(request, requests, limits);
        }
        boolean huge = List.of(limits, requests).stream()
                .flatMap(list -> list.entries().stream())
                .anyMatch(entry -> isHugePages(entry.key()));
        boolean plain = List.of(limits, requests).stream()
                .flatMap(list -> list.entries().stream())
                .anyMatch(entry -> entry.key().equals("cpu") || entry.key().equals("memory"));
        if (huge && !plain) {
            resources.forbidden("HugePages require cpu or memory");
        }
    }

    private static void compare(Spot.Entry request, Spot requests, Spot limits) {
        Optional<Quantity> asked = request.spot().quantity();
        Optional<Quantity> limit = limits.key(request.key()).quantity();
        boolean overcommit = mayBeOvercommitted(request.key());
        if (limit.isEmpty()) {
            if (!overcommit) {
                limits.required("Limit must be set for non overcommitable resources");
            }
            return;
        }
        int order = asked.map(amount -> amount.compareTo(limit.get())).orElse(0);
        if (order != 0 && !overcommit) {
            requests.invalid(
                    Value.of(asked.get().toString()), "must be equal to " + request.key() + " limit of " + limit.get());
        } else if (order > 0) {
            requests.invalid(
                    Value.of(asked.get().toString()),
                    "must be less than or equal to " + request.key() + " limit of " + limit.get());
        }
    }

    private static void amount(String name, Spot amount) {
        containerName(name, amount);
        value(name, amount);
    }

    /** A resource that containers may ask for. */
    public static void containerName(String name, Spot place) {
        resourceName(name, place);
        if (!name.contains("/")) {
            if (!CONTAINER.contains(name) && !isHugePages(name)) {
                place.invalid(Value.of(name), "must be a standard resource for containers");
            }
        } else if (!isNative(name) && !isExtended(name)) {
            place.invalid(Value.of(name), "doesn't follow extended resource name standard");
        }
    }

    /** A standard resource or a qualified name; whether it is. */
    static boolean resourceName(String name, Spot place) {
        List<String> wrong = Names.qualifiedName(name);
        wrong.forEach(why -> place.invalid(Value.of(name), why));
        if (wrong.isEmpty()
                && !name.contains("/")
                && !STANDARD.contains(name)
                && !isHugePages(name)
                && !name.startsWith("requests.hugepages-")) {
            place.invalid(Value.of(name), "must be a standard resource type or fully qualified");
            return false;
        }
        return wrong.isEmpty();
    }

    /** A resource that a quota may bound. */
    static void quotaName(String name, Spot place) {
        resourceName(name, place);
        if (!name.contains("/") && !isQuotaName(name)) {
            place.invalid(Value.of(name), "must be a standard resource for quota");
        }
    }

    /** Whether quotas know the resource by itself. */
    static boolean isQuotaName(String name) {
        return (STANDARD.contains(name) && !name.equals("storage"))
                || isHugePages(name)
                || name.startsWith("requests.hugepages-");
    }

    /** Whether more of a resource may be used than was asked for. */
    static boolean mayBeOvercommitted(String name) {
        return isNative(name) && !isHugePages(name);
    }

    /** Not negative, and a whole number where things are counted. */
    public static void value(String name, Spot place) {
        Optional<Quantity> amount = place.quantity();
        if (amount.isEmpty()) {
            return;
        }
        if (amount.get().signum() < 0) {
            place.invalid(Value.of(amount.get().toString()), "must be greater than or equal to 0");
        }
        boolean counted = WHOLE.contains(name) || (name.contains("/") && isExtended(name));
        if (counted && amount.get().amount().remainder(BigDecimal.ONE).signum() != 0) {
            place.invalid(Value.of(amount.get().toString()), "must be an integer");
        }
    }

    static boolean isHugePages(String name) {
        return name.startsWith("hugepages-");
    }

    private static boolean isNative(String name) {
        return !name.contains("/") || name.contains("kubernetes.io/");
    }

    private static boolean isExtended(String name) {
        return !isNative(name)
                && !name.startsWith("requests.")
                && Names.qualifiedName("requests." + name).isEmpty();
    }
}
