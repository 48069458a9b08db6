package io.argosy.apiserver.registry.autoscaling;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Spot;
import io.argosy.apiserver.registry.core.ResourceRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The rules of what an autoscaler measures. */
final class MetricRules {

    private static final String[] TYPES = {"ContainerResource", "External", "Object", "Pods", "Resource"};

    private static final Map<String, String> FIELDS = Map.of(
            "ContainerResource", "containerResource",
            "External", "external",
            "Object", "object",
            "Pods", "pods",
            "Resource", "resource");

    private record Source(String field, Consumer<Spot> rules) {}

    /** The sources, in the order in which they are looked at. */
    private static final List<Source> SOURCES = List.of(
            new Source("object", MetricRules::object),
            new Source("external", MetricRules::external),
            new Source("pods", MetricRules::pods),
            new Source("resource", MetricRules::resource),
            new Source("containerResource", MetricRules::containerResource));

    private MetricRules() {}

    static void check(Spot metric) {
        Spot type = metric.at("type");
        if (type.empty()) {
            type.required("must specify a metric source type");
        }
        type.must(TYPES);
        List<String> present = new ArrayList<>();
        for (Source source : SOURCES) {
            Spot place = metric.at(source.field());
            if (place.present()) {
                present.add(source.field());
                if (present.size() == 1) {
                    source.rules().accept(place);
                }
            }
        }
        String expected = FIELDS.getOrDefault(type.text(), "");
        if (expected.isEmpty()) {
            type.must(TYPES);
        } else if (!metric.at(expected).present()) {
            metric.at(expected).required("must populate information for the given metric source");
        }
        if (present.size() != 1) {
            present.remove(expected);
            present.forEach(field -> metric.at(field).forbidden("must populate the given metric source only"));
        }
    }

    private static void object(Spot source) {
        AutoscalerRules.reference(source.at("describedObject"));
        metric(source.at("metric"));
        Spot target = source.at("target");
        target(target);
        if (!target.at("value").present()) {
            averageNeeded(target, "must set either a target value or averageValue");
        }
    }

    private static void external(Spot source) {
        metric(source.at("metric"));
        Spot target = source.at("target");
        target(target);
        if (!target.at("value").present()) {
            averageNeeded(target, "must set either a target value for metric or a per-pod target");
        } else if (target.at("averageValue").present()) {
            target.at("value").forbidden("may not set both a target value for metric and a per-pod target");
        }
    }

    private static void pods(Spot source) {
        metric(source.at("metric"));
        target(source.at("target"));
        averageNeeded(source.at("target"), "must specify a positive target averageValue");
    }

    private static void averageNeeded(Spot target, String why) {
        if (!target.at("averageValue").present()) {
            target.at("averageValue").required(why);
        }
    }

    private static void containerResource(Spot source) {
        Spot name = source.at("name");
        if (name.empty()) {
            name.required("must specify a resource name");
        } else {
            ResourceRules.containerName(name.text(), name);
        }
        Spot container = source.at("container");
        if (container.empty()) {
            container.required("must specify a container");
        }
        container.obeys(Names::dns1123Label);
        usage(source.at("target"));
    }

    private static void resource(Spot source) {
        if (source.at("name").empty()) {
            source.at("name").required("must specify a resource name");
        }
        usage(source.at("target"));
    }

    private static void usage(Spot target) {
        target(target);
        boolean share = target.at("averageUtilization").present();
        boolean raw = target.at("averageValue").present();
        if (!share && !raw) {
            target.at("averageUtilization").required("must set either a target raw value or a target utilization");
        }
        if (share && raw) {
            target.at("averageValue").forbidden("may not set both a target raw value and a target utilization");
        }
    }

    private static void metric(Spot metric) {
        Spot name = metric.at("name");
        if (name.empty()) {
            name.required("must specify a metric name");
        }
        name.obeys(Names::pathSegment);
    }

    private static void target(Spot target) {
        Spot type = target.at("type");
        if (type.empty()) {
            type.required("must specify a metric target type");
        }
        if (!List.of("Utilization", "Value", "AverageValue").contains(type.text())) {
            type.invalid("must be either Utilization, Value, or AverageValue");
        }
        positive(target.at("value"));
        Spot share = target.at("averageUtilization");
        if (share.present() && share.number() < 1) {
            share.invalid("must be greater than 0");
        }
        positive(target.at("averageValue"));
    }

    private static void positive(Spot amount) {
        amount.quantity()
                .filter(found -> found.signum() != 1)
                .ifPresent(found -> amount.invalid(Value.of(found.toString()), "must be positive"));
    }
}
