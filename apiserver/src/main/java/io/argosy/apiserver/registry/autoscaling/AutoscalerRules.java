package io.argosy.apiserver.registry.autoscaling;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Rules;
import io.argosy.apiserver.registry.check.Spot;
import java.util.List;

/** The rules of HorizontalPodAutoscalers, in their version v2. */
public final class AutoscalerRules {

    public static final Rules AUTOSCALERS = Rules.of(scaler -> spec(scaler.at("spec")))
            .onStatus((scaler, old) -> {
                scaler.at("status", "currentReplicas").notNegative();
                scaler.at("status", "desiredReplicas").notNegative();
            });

    private static final long LONGEST_WINDOW_SECONDS = 3600;
    private static final long LONGEST_PERIOD_SECONDS = 1800;

    private AutoscalerRules() {}

    private static void spec(Spot spec) {
        Spot least = spec.at("minReplicas");
        Spot most = spec.at("maxReplicas");
        if (least.present() && least.number() < 1) {
            least.invalid("must be greater than or equal to 1");
        }
        if (most.number() == 0) {
            most.required("must be set and greater than 0");
        } else if (most.number() < 0) {
            most.invalid("must be greater than or equal to 1");
        }
        if (least.present() && most.number() < least.number()) {
            most.invalid(Value.of(most.number()), "must be greater than or equal to `minReplicas`");
        }
        target(spec.at("scaleTargetRef"));
        spec.items("metrics").forEach(MetricRules::check);
        boolean outside = spec.items("metrics").stream()
                .anyMatch(metric -> List.of("Object", "External").contains(metric.text("type")));
        if (least.present() && least.number() == 0 && !outside) {
            spec.at("metrics")
                    .forbidden(
                            "must specify at least one Object or External metric to support scaling to zero replicas");
        }
        scaling(spec.at("behavior", "scaleUp"));
        scaling(spec.at("behavior", "scaleDown"));
    }

    private static void target(Spot target) {
        reference(target);
        Spot version = target.at("apiVersion");
        if (version.text().chars().filter(letter -> letter == '/').count() == 0) {
            version.invalid("apiVersion must specify API group");
        }
    }

    /** What names an object of any kind. */
    static void reference(Spot reference) {
        reference.at("kind").name(Names::pathSegment);
        reference.at("name").name(Names::pathSegment);
        Spot version = reference.at("apiVersion");
        if (version.text().chars().filter(letter -> letter == '/').count() > 1) {
            version.invalid("unexpected GroupVersion string: " + version.text());
        }
    }

    private static void scaling(Spot rules) {
        if (!rules.present()) {
            return;
        }
        Spot window = rules.at("stabilizationWindowSeconds");
        if (window.number() < 0) {
            window.invalid("must be greater than or equal to zero");
        }
        atMost(window, LONGEST_WINDOW_SECONDS);
        rules.at("selectPolicy").word("Disabled", "Max", "Min");
        if (rules.at("policies").empty()) {
            rules.at("policies").required("must specify at least one Policy");
        }
        for (Spot policy : rules.items("policies")) {
            policy.at("type").must("Percent", "Pods");
            aboveZero(policy.at("value"));
            aboveZero(policy.at("periodSeconds"));
            atMost(policy.at("periodSeconds"), LONGEST_PERIOD_SECONDS);
        }
        rules.at("tolerance").notNegativeQuantity();
    }

    private static void aboveZero(Spot number) {
        if (number.number() <= 0) {
            number.invalid(Value.of(number.number()), "must be greater than zero");
        }
    }

    private static void atMost(Spot number, long most) {
        if (number.number() > most) {
            number.invalid("must be less than or equal to " + most);
        }
    }
}
