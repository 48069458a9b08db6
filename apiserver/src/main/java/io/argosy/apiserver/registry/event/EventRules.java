package io.argosy.apiserver.registry.event;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Spot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What events must be like. Those with an eventTime are of the newer kind, and more is asked of them. */
final class EventRules {

    private static final int LONGEST_WORD = 128;
    private static final int LONGEST_NOTE = 1024;
    private static final Set<String> HOMES = Set.of("default", "kube-system");
    private static final List<String> FIXED = List.of(
            "involvedObject",
            "reason",
            "message",
            "source",
            "firstTimestamp",
            "lastTimestamp",
            "count",
            "type",
            "eventTime",
            "action",
            "related");

    private EventRules() {}

    /** @param strict for the group {@code events.k8s.io} */
    static List<FieldError> create(ObjectValue event, boolean strict) {
        List<FieldError> errors = new ArrayList<>();
        Spot root = Spot.root(event, errors);
        always(root, strict);
        if (strict) {
            series(root.at("series"));
            root.at("eventTime").needed();
            if (!Set.of("Normal", "Warning").contains(root.text("type"))) {
                root.at("type").invalid(Value.of(""), "has invalid value: " + root.text("type"));
            }
            unset(root, "firstTimestamp", root.at("firstTimestamp").present());
            unset(root, "lastTimestamp", root.at("lastTimestamp").present());
            unset(root, "count", root.number("count") != 0);
            Spot source = root.at("source");
            unset(
                    root,
                    "source",
                    !source.at("component").empty() || !source.at("host").empty());
        }
        return errors;
    }

    static List<FieldError> update(ObjectValue event, ObjectValue old, boolean strict) {
        List<FieldError> errors = new ArrayList<>();
        Spot root = Spot.root(event, errors);
        always(root, strict);
        if (strict) {
            Spot before = Spot.root(old, errors);
            if (!root.at("series").same(before.at("series"))) {
                series(root.at("series"));
            }
            FIXED.forEach(field -> root.at(field).immutable(before.at(field)));
            root.at("reportingComponent")
                    .named(root.at("reportingController").path())
                    .immutable(before.at("reportingComponent"));
            root.at("reportingInstance").immutable(before.at("reportingInstance"));
        }
        return errors;
    }

    private static void unset(Spot event, String field, boolean set) {
        if (set) {
            event.at(field).invalid(Value.of(""), "needs to be unset");
        }
    }

    private static void series(Spot series) {
        if (!series.present()) {
            return;
        }
        if (series.number("count") < 2) {
            series.at("count").invalid(Value.of(""), "should be at least 2");
        }
        series.at("lastObservedTime").needed();
    }

    private static void always(Spot event, boolean strict) {
        String namespace = event.at("metadata").text("namespace");
        Spot involved = event.at("involvedObject", "namespace");
        boolean newer = event.at("eventTime").present();
        boolean home = newer ? HOMES.contains(namespace) : namespace.equals("default");
        boolean agrees = involved.empty() ? home : newer || involved.text().equals(namespace);
        if (!agrees) {
            involved.invalid("does not match event.namespace");
        }
        if (newer) {
            Spot reporter = event.at("reportingComponent");
            Spot controller =
                    strict ? reporter.named(event.at("reportingController").path()) : reporter;
            controller.needed();
            Names.qualifiedName(controller.text()).forEach(why -> controller.invalid(Value.of(controller.text()), why));
            word(event.at("reportingInstance"));
            word(event.at("action"));
            word(event.at("reason"));
            longest(event.at("message"), LONGEST_NOTE);
        }
    }

    private static void word(Spot word) {
        word.needed();
        longest(word, LONGEST_WORD);
    }

    private static void longest(Spot text, int most) {
        if (text.text().getBytes(StandardCharsets.UTF_8).length > most) {
            text.invalid(Value.of(""), "can have at most " + most + " characters");
        }
    }
}
