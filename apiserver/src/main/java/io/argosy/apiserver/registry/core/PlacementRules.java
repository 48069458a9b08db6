package io.argosy.apiserver.registry.core;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Selectors;
import io.argosy.apiserver.registry.check.Spot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules of where a pod may run: affinity, tolerations, spreading. */
public final class PlacementRules {

    private static final String[] EFFECTS = {"NoSchedule", "PreferNoSchedule", "NoExecute"};

    private PlacementRules() {}

    static void check(Spot spec) {
        Selectors.labels(spec.at("nodeSelector"));
        Spot affinity = spec.at("affinity");
        Spot node = affinity.at("nodeAffinity");
        Spot needed = node.at("requiredDuringSchedulingIgnoredDuringExecution");
        if (needed.present()) {
            nodeSelector(needed);
        }
        for (Spot term : node.items("preferredDuringSchedulingIgnoredDuringExecution")) {
            weight(term);
            term(term.at("preference"));
        }
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            affinity.at(kind)
                    .items("requiredDuringSchedulingIgnoredDuringExecution")
                    .forEach(PlacementRules::podTerm);
            for (Spot term : affinity.at(kind).items("preferredDuringSchedulingIgnoredDuringExecution")) {
                weight(term);
                podTerm(term.at("podAffinityTerm"));
            }
        }
        spec.items("tolerations").forEach(PlacementRules::toleration);
        spread(spec);
    }

    private static void weight(Spot term) {
        if (term.number("weight") <= 0 || term.number("weight") > 100) {
            term.at("weight").invalid(Value.of(term.number("weight")), "must be in the range 1-100");
        }
    }

    /** A {@code NodeSelector}. */
    public static void nodeSelector(Spot selector) {
        Spot terms = selector.at("nodeSelectorTerms");
        if (terms.empty()) {
            terms.required("must have at least one node selector term");
        }
        terms.items().forEach(PlacementRules::term);
    }

    private static void term(Spot term) {
        for (Spot expression : term.items("matchExpressions")) {
            Spot values = expression.at("values");
            switch (expression.text("operator")) {
                case "In", "NotIn" -> {
                    if (values.empty()) {
                        values.required("must be specified when `operator` is 'In' or 'NotIn'");
                    }
                }
                case "Exists", "DoesNotExist" -> {
                    if (!values.empty()) {
                        values.forbidden("may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                    }
                }
                case "Gt", "Lt" -> {
                    if (values.items().size() != 1) {
                        values.required("must be specified single value when `operator` is 'Lt' or 'Gt'");
                    }
                }
                default -> expression.at("operator").invalid("not a valid selector operator");
            }
            Spot key = expression.at("key");
            Names.qualifiedName(key.text()).forEach(key::invalid);
            values.items().forEach(value -> value.given(Names::labelValue));
        }
        for (Spot field : term.items("matchFields")) {
            if (!Set.of("In", "NotIn").contains(field.text("operator"))) {
                field.at("operator").invalid("not a valid selector operator");
            } else if (field.items("values").size() != 1) {
                field.at("values")
                        .required("must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
            }
            if (field.text("key").equals("metadata.name")) {
                field.items("values").forEach(value -> value.given(Names::dns1123Subdomain));
            } else {
                field.at("key").invalid("not a valid field selector key");
            }
        }
    }

    private static void podTerm(Spot term) {
        Selectors.check(term.at("labelSelector"));
        Selectors.check(term.at("namespaceSelector"));
        for (Spot namespace : term.items("namespaces")) {
            namespace.named(term.path().child("namespace")).given(Names::dns1123Label);
        }
        labelKeys(term, "matchLabelKeys");
        labelKeys(term, "mismatchLabelKeys");
        Spot key = term.at("topologyKey");
        if (key.empty()) {
            key.required("can not be empty");
        }
        Names.qualifiedName(key.text()).forEach(key::invalid);
    }

    /** Keys of labels whose values the pod gives. */
    private static void labelKeys(Spot holder, String field) {
        if (!holder.at(field).empty() && !holder.at("labelSelector").present()) {
            holder.at(field).forbidden("must not be specified when labelSelector is not set");
        }
        holder.items(field).forEach(key -> Names.qualifiedName(key.text()).forEach(key::invalid));
    }

    /** A toleration. */
    public static void toleration(Spot toleration) {
        Spot operator = toleration.at("operator");
        boolean exists = operator.text().equals("Exists");
        toleration.at("key").obeys(Names::qualifiedName);
        if (toleration.at("key").empty() && !exists) {
            operator.invalid(
                    "operator must be Exists when `key` is empty, which means \"match all values and all" + " keys\"");
        }
        Spot effect = toleration.at("effect");
        if (toleration.at("tolerationSeconds").present() && !effect.text().equals("NoExecute")) {
            effect.invalid("effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
        switch (operator.text()) {
            case "", "Equal" -> {
                List<String> wrong = Names.labelValue(toleration.text("value"));
                if (!wrong.isEmpty()) {
                    operator.invalid(Value.of(toleration.text("value")), String.join(";", wrong));
                }
            }
            case "Exists" -> {
                if (!toleration.at("value").empty()) {
                    operator.invalid(
                            Value.of(toleration.text("value")), "value must be empty when `operator` is 'Exists'");
                }
            }
            case "Lt", "Gt" -> operator.notSupported("Equal", "Exists", "Lt", "Gt");
            default -> operator.notSupported("Equal", "Exists");
        }
        effect.oneOf(EFFECTS);
    }

    /** A taint's effect, which must be there. */
    public static void taintEffect(Spot effect) {
        if (effect.needed()) {
            effect.oneOf(EFFECTS);
        }
    }

    private static void spread(Spot spec) {
        Map<String, Spot> seen = new HashMap<>();
        for (Spot constraint : spec.items("topologySpreadConstraints")) {
            Spot skew = constraint.at("maxSkew");
            if (skew.number() <= 0) {
                skew.invalid(Value.of(skew.number()), "must be greater than zero");
            }
            Spot key = constraint.at("topologyKey");
            if (key.empty()) {
                key.required("can not be empty");
            }
            Spot action = constraint.at("whenUnsatisfiable");
            if (!List.of("DoNotSchedule", "ScheduleAnyway").contains(action.text())) {
                action.notSupported("DoNotSchedule", "ScheduleAnyway");
            }
            Spot pair = seen.putIfAbsent(
                    key.text() + " " + action.text(), constraint.at("{topologyKey, whenUnsatisfiable}"));
            if (pair != null) {
                pair.add(FieldError.duplicate(pair.path(), Value.of("{" + key.text() + ", " + action.text() + "}")));
            }
            Spot domains = constraint.at("minDomains");
            if (domains.present()) {
                if (domains.number() <= 0) {
                    domains.invalid("must be greater than zero");
                }
                if (!action.text().equals("DoNotSchedule")) {
                    domains.invalid("can only use minDomains if whenUnsatisfiable=DoNotSchedule, not " + action.text());
                }
            }
            constraint.at("nodeAffinityPolicy").word("Honor", "Ignore");
            constraint.at("nodeTaintsPolicy").word("Honor", "Ignore");
            Selectors.check(constraint.at("labelSelector"));
            labelKeys(constraint, "matchLabelKeys");
        }
    }
}
