package io.argosy.apiserver.registry.batch;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Spot;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of what a job does about pods that fail. */
final class FailurePolicyRules {

    private static final int MOST_RULES = 20;
    private static final int MOST_CONDITIONS = 20;
    private static final int MOST_CODES = 255;

    private FailurePolicyRules() {}

    /** @param spec of the job, whose containers the policy names */
    static void check(Spot spec) {
        Set<String> containers = new HashSet<>();
        for (String kind : List.of("containers", "initContainers")) {
            spec.at("template", "spec").items(kind).forEach(container -> containers.add(container.text("name")));
        }
        Spot rules = spec.at("podFailurePolicy", "rules");
        rules.atMostItems(MOST_RULES);
        for (Spot rule : rules.items()) {
            action(rule.at("action"), spec.at("backoffLimitPerIndex").present());
            Spot codes = rule.at("onExitCodes");
            Spot conditions = rule.at("onPodConditions");
            if (codes.present()) {
                codes(codes, containers);
            }
            conditions(conditions);
            if (codes.present() && !conditions.empty()) {
                rule.wrong("specifying both OnExitCodes and OnPodConditions is not supported");
            } else if (!codes.present() && conditions.empty()) {
                rule.wrong("specifying one of OnExitCodes and OnPodConditions is required");
            }
        }
    }

    private static void action(Spot action, boolean perIndex) {
        if (action.empty()) {
            action.required("valid values: [\"Count\" \"FailIndex\" \"FailJob\" \"Ignore\"]");
        } else if (action.text().equals("FailIndex") && !perIndex) {
            action.invalid("requires the backoffLimitPerIndex to be set");
        } else {
            action.oneOf("Count", "FailIndex", "FailJob", "Ignore");
        }
    }

    private static void codes(Spot codes, Set<String> containers) {
        Spot operator = codes.at("operator");
        if (operator.empty()) {
            operator.required("valid values: [\"In\" \"NotIn\"]");
        } else {
            operator.oneOf("In", "NotIn");
        }
        Spot container = codes.at("containerName");
        if (container.present() && !containers.contains(container.text())) {
            container.invalid("must be one of the container or initContainer names in the pod template");
        }
        Spot values = codes.at("values");
        if (values.empty()) {
            values.invalid(values.value().orElse(NullValue.NULL), "at least one value is required");
        }
        values.atMostItems(MOST_CODES);
        Set<String> seen = new HashSet<>();
        long before = Long.MIN_VALUE;
        boolean ordered = true;
        for (Spot value : values.items()) {
            if (operator.text().equals("In") && value.number() == 0) {
                value.invalid("must not be 0 for the In operator");
            }
            value.unique(seen);
            ordered &= before <= value.number();
            before = value.number();
        }
        if (!ordered) {
            values.invalid("must be ordered");
        }
    }

    private static void conditions(Spot conditions) {
        conditions.atMostItems(MOST_CONDITIONS);
        for (Spot pattern : conditions.items()) {
            Spot type = pattern.at("type");
            Names.qualifiedName(type.text()).forEach(why -> type.invalid(Value.of(type.text()), why));
            Spot status = pattern.at("status");
            if (status.empty()) {
                status.required("valid values: [\"False\" \"True\" \"Unknown\"]");
            } else {
                status.oneOf("False", "True", "Unknown");
            }
        }
    }
}
