package io.argosy.apiserver.registry.policy;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Rules;
import io.argosy.apiserver.registry.check.Selectors;
import io.argosy.apiserver.registry.check.Spot;
import io.argosy.apiserver.registry.core.PlacementRules;
import io.argosy.apiserver.registry.core.ResourceRules;
import java.util.HashSet;
import java.util.Set;

/** The rules of small kinds that say how others are treated. */
public final class ClusterPolicyRules {

    public static final Rules DISRUPTION_BUDGETS = Rules.of(budget -> budget(budget.at("spec")));

    public static final Rules PRIORITY_CLASSES = Rules.of(ClusterPolicyRules::priority)
            .onUpdate((priority, old) -> {
                if (!priority.at("value").same(old.at("value"))) {
                    priority.at("value").forbidden("may not be changed in an update.");
                }
                priority.at("preemptionPolicy").immutable(old.at("preemptionPolicy"));
            });

    public static final Rules LEASES = Rules.of(lease -> lease(lease.at("spec")));

    public static final Rules RUNTIME_CLASSES = Rules.of(ClusterPolicyRules::runtime)
            .onUpdate((runtime, old) -> runtime.at("handler").immutable(old.at("handler")));

    private static final long HIGHEST_USER_PRIORITY = 1_000_000_000L;

    private ClusterPolicyRules() {}

    private static void budget(Spot spec) {
        Spot least = spec.at("minAvailable");
        Spot most = spec.at("maxUnavailable");
        if (least.present() && most.present()) {
            spec.invalid("minAvailable and maxUnavailable cannot be both set");
        }
        amount(least);
        amount(most);
        if (spec.at("selector").present()) {
            Selectors.check(spec.at("selector"));
        }
        spec.at("unhealthyPodEvictionPolicy").word("AlwaysAllow", "IfHealthyBudget");
    }

    /** A count, or a share of not more than all. */
    private static void amount(Spot amount) {
        if (amount.value().orElse(Value.of(0)) instanceof StringValue text) {
            int before = amount.errorCount();
            amount.given(Names::percent);
            boolean percent = amount.errorCount() == before;
            if (percent && text.value().length() > 3 && !text.value().equals("100%")) {
                amount.invalid("must not be greater than 100%");
            }
        } else if (amount.present()) {
            amount.notNegative();
        }
    }

    private static void priority(Spot priority) {
        String name = priority.at("metadata").text("name");
        if (!name.startsWith("system-") && priority.number("value") > HIGHEST_USER_PRIORITY) {
            priority.at("value")
                    .forbidden("maximum allowed value of a user defined priority is " + HIGHEST_USER_PRIORITY);
        }
        Spot policy = priority.at("preemptionPolicy");
        if (policy.present() && policy.empty()) {
            policy.required("");
        } else {
            policy.oneOf("PreemptLowerPriority", "Never");
        }
    }

    private static void lease(Spot spec) {
        if (spec.at("leaseDurationSeconds").present()) {
            spec.at("leaseDurationSeconds").positive();
        }
        spec.at("leaseTransitions").notNegative();
        Spot strategy = spec.at("strategy");
        if (strategy.present()) {
            Names.qualifiedName(strategy.text()).forEach(strategy::invalid);
        }
        if (!spec.at("preferredHolder").empty() && strategy.empty()) {
            spec.at("preferredHolder").forbidden("may only be specified if `strategy` is defined");
        }
    }

    private static void runtime(Spot runtime) {
        runtime.at("handler").name(Names::dns1123Label);
        for (Spot.Entry limit : runtime.at("overhead", "podFixed").entries()) {
            Spot place =
                    limit.spot().named(runtime.at("overhead", "limits").path().key(limit.key()));
            ResourceRules.containerName(limit.key(), place);
            ResourceRules.value(limit.key(), place);
        }
        Selectors.labels(runtime.at("scheduling", "nodeSelector"));
        Set<String> seen = new HashSet<>();
        for (Spot toleration : runtime.at("scheduling", "tolerations").items()) {
            PlacementRules.toleration(toleration);
            String key = toleration.text("key") + " " + toleration.text("operator") + " " + toleration.text("value")
                    + " " + toleration.text("effect");
            if (!seen.add(key)) {
                toleration.add(FieldError.duplicate(toleration.path(), shown(toleration), ""));
            }
        }
    }

    /** A toleration as messages tell it. */
    private static ObjectValue shown(Spot toleration) {
        return new ObjectValue()
                .put("Key", toleration.text("key"))
                .put("Operator", toleration.text("operator"))
                .put("Value", toleration.text("value"))
                .put("Effect", toleration.text("effect"))
                .put(
                        "TolerationSeconds",
                        toleration.at("tolerationSeconds").value().orElse(NullValue.NULL));
    }
}
