package io.argosy.apiserver.registry.batch;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Spot;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The rules of what a job makes of pods that have failed. */
final class FailurePolicyRules {

    private static final int MOST_RULES = 20;
    private static final int MOST_CODES = 255;
    private static final int MOST_CONDITIONS = 20;

    private FailurePolicyRules() {}

    /** @param spec of the job */
    static void check(Spot spec) {
        Spot policy = spec.at("podFailurePolicy");
        policy.at("rules").atMostItems(MOST_RULES);
        Spot pod = spec.at("template", "spec");
        Set<String> containers = new HashSet<>();
        Stream.of("containers", "initContainers")
                .flatMap(kind -> pod.items(kind).stream())
                .forEach(container -> containers.add(container.text("name")));
        for (Spot rule : policy.items("rules")) {
            if (rule.at("action").empty()) {
                rule.at("action").required("valid values: [\"Count\" \"FailIndex\" \"FailJob\" \"Ignore\"]");
            } else {
                rule.at("action").oneOf("Count", "FailIndex", "FailJob", "Ignore");
            }
            if (rule.at("onExitCodes").present()) {
                exitCodes(rule.at("onExitCodes"), containers);
            }
            rule.at("onPodConditions").atMostItems(MOST_CONDITIONS);
            rule.items("onPodConditions").forEach(FailurePolicyRules::condition);
            which(rule);
        }
    }

    private static void which(Spot rule) {
        boolean codes = rule.at("onExitCodes").present();
        boolean conditions = !rule.at("onPodConditions").empty();
        if (codes && conditions) {
            whole(rule, "specifying both OnExitCodes and OnPodConditions is not supported");
        } else if (!codes && !conditions) {
            whole(rule, "specifying one of OnExitCodes and OnPodConditions is required");
        }
    }

    /** About the rule as a whole, which is not shown. */
    private static void whole(Spot rule, String why) {
        rule.add(new FieldError(FieldError.Type.INVALID, rule.path(), "Invalid value: " + why));
    }

    private static void exitCodes(Spot codes, Set<String> containers) {
        Spot operator = codes.at("operator");
        if (operator.empty()) {
            operator.required("valid values: [\"In\" \"NotIn\"]");
        }
        operator.oneOf("In", "NotIn");
        Spot container = codes.at("containerName");
        if (container.present() && !containers.contains(container.text())) {
            container.invalid("must be one of the container or initContainer names in the pod template");
        }
        Spot values = codes.at("values");
        if (values.empty()) {
            values.invalid(values.present() ? new ArrayValue() : NullValue.NULL, "at least one value is required");
        }
        values.atMostItems(MOST_CODES);
        ordered(values);
        for (Spot value : values.items()) {
            if (operator.text().equals("In") && value.number() == 0) {
                value.invalid("must not be 0 for the In operator");
            }
        }
    }

    private static void ordered(Spot values) {
        Set<Long> seen = new HashSet<>();
        List<Spot> items = values.items();
        boolean ordered = true;
        for (int i = 0; i < items.size(); i++) {
            if (!seen.add(items.get(i).number())) {
                items.get(i).duplicate();
            }
            ordered &= i == 0 || items.get(i - 1).number() <= items.get(i).number();
        }
        if (!ordered) {
            values.invalid("must be ordered");
        }
    }

    private static void condition(Spot condition) {
        Spot type = condition.at("type");
        Names.qualifiedName(type.text()).forEach(why -> type.invalid(Value.of(type.text()), why));
        condition.at("status").oneOf("False", "True", "Unknown");
    }
}
