package io.argosy.apiserver.registry.core;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.quantity.Quantity;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Rules;
import io.argosy.apiserver.registry.check.Spot;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The rules of LimitRanges. */
public final class LimitRules {

    public static final Rules LIMIT_RANGES = Rules.of(range -> {
        Set<String> types = new HashSet<>();
        for (Spot limit : range.at("spec", "limits").items()) {
            type(limit.at("type"));
            limit.at("type").unique(types);
            limit(limit);
        }
    });

    private static final Set<String> TYPES = Set.of("Pod", "Container", "PersistentVolumeClaim");
    private static final Set<String> OF_CONTAINERS = Set.of("Pod", "Container");

    /** The largest amount whose thousandth part still counts in ratios. */
    private static final long LARGEST_IN_MILLIS = Long.MAX_VALUE / 1000;

    private LimitRules() {}

    private static void type(Spot type) {
        List<String> wrong = Names.qualifiedName(type.text());
        wrong.forEach(why -> type.invalid(Value.of(type.text()), why));
        if (wrong.isEmpty() && !type.text().contains("/") && !TYPES.contains(type.text())) {
            type.invalid("must be a standard limit type or fully qualified");
        }
    }

    private static void limit(Spot limit) {
        String type = limit.text("type");
        Set<String> resources = new TreeSet<>();
        names(type, limit.at("max"), resources);
        names(type, limit.at("min"), resources);
        if (type.equals("Pod")) {
            for (String field : List.of("default", "defaultRequest")) {
                if (!limit.at(field).empty()) {
                    limit.at(field).forbidden("may not be specified when `type` is 'Pod'");
                }
            }
        } else {
            names(type, limit.at("default"), resources);
            names(type, limit.at("defaultRequest"), resources);
        }
        boolean bounded = limit.at("min", "storage").present()
                || limit.at("max", "storage").present();
        if (type.equals("PersistentVolumeClaim") && !bounded) {
            limit.at("limits")
                    .required("either minimum or maximum storage value is required, but neither was provided");
        }
        names(type, limit.at("maxLimitRequestRatio"), resources);
        resources.forEach(resource -> order(limit, resource, type.equals("Pod")));
    }

    private static void names(String type, Spot list, Set<String> seen) {
        for (Spot.Entry entry : list.entries()) {
            if (OF_CONTAINERS.contains(type)) {
                ResourceRules.containerName(entry.key(), entry.spot());
            } else {
                ResourceRules.resourceName(entry.key(), entry.spot());
            }
            seen.add(entry.key());
        }
    }

    private static void order(Spot limit, String resource, boolean pod) {
        Optional<Quantity> min = limit.at("min").key(resource).quantity();
        Optional<Quantity> max = limit.at("max").key(resource).quantity();
        Spot request = limit.at("defaultRequest").key(resource);
        Spot standard = limit.at("default").key(resource);
        Optional<Quantity> asked = pod ? Optional.empty() : request.quantity();
        Optional<Quantity> usual = pod ? Optional.empty() : standard.quantity();
        above(limit.at("min").key(resource), "min value", min, "max value", max, min);
        above(request, "min value", min, "default request value", asked, asked);
        above(request, "default request value", asked, "max value", max, asked);
        above(request, "default request value", asked, "default limit value", usual, asked);
        above(standard, "min value", min, "default value", usual, min);
        above(standard, "default value", usual, "max value", max, max);
        ratio(limit.at("maxLimitRequestRatio").key(resource), min, max);
        if (!ResourceRules.mayBeOvercommitted(resource) && asked.isPresent() && usual.isPresent()) {
            if (asked.get().compareTo(usual.get()) != 0) {
                request.invalid(
                        Value.of(asked.get().toString()),
                        "default value " + usual.get() + " must equal to defaultRequest value " + asked.get() + " in "
                                + resource);
            }
        }
    }

    private static void above(
            Spot place,
            String lowName,
            Optional<Quantity> low,
            String highName,
            Optional<Quantity> high,
            Optional<Quantity> shown) {
        if (low.isPresent() && high.isPresent() && low.get().compareTo(high.get()) > 0) {
            place.invalid(
                    Value.of(shown.orElse(Quantity.ZERO).toString()),
                    lowName + " " + low.get() + " is greater than " + highName + " " + high.get());
        }
    }

    private static void ratio(Spot place, Optional<Quantity> min, Optional<Quantity> max) {
        Optional<Quantity> ratio = place.quantity();
        if (ratio.isEmpty()) {
            return;
        }
        Value shown = Value.of(ratio.get().toString());
        if (ratio.get().compareTo(Quantity.of(1)) < 0) {
            place.invalid(shown, "ratio " + ratio.get() + " is less than 1");
        }
        if (min.isEmpty() || max.isEmpty()) {
            return;
        }
        boolean fine = ratio.get().value() < LARGEST_IN_MILLIS
                && min.get().value() < LARGEST_IN_MILLIS
                && max.get().value() < LARGEST_IN_MILLIS;
        double most = fine
                ? (double) max.get().milliValue() / min.get().milliValue()
                : (double) max.get().value() / min.get().value();
        double given = fine ? ratio.get().milliValue() / 1000.0 : ratio.get().value();
        if (given > most) {
            place.invalid(
                    shown,
                    "ratio " + ratio.get() + " is greater than max/min = " + String.format(Locale.ROOT, "%f", most));
        }
    }
}
