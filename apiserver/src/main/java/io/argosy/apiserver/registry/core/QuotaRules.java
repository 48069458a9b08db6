package io.argosy.apiserver.registry.core;

import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Rules;
import io.argosy.apiserver.registry.check.Spot;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The rules of ResourceQuotas. */
public final class QuotaRules {

    public static final Rules QUOTAS = Rules.of(quota -> spec(quota.at("spec")))
            .onUpdate((quota, old) -> {
                Spot scopes = quota.at("spec", "scopes");
                Set<String> now = new HashSet<>(scopes.strings());
                if (!now.equals(new HashSet<>(old.at("spec", "scopes").strings()))) {
                    scopes.invalid("field is immutable");
                }
            })
            .onStatus((quota, old) -> {
                amounts(quota.at("status", "hard"));
                amounts(quota.at("status", "used"));
            });

    private static final Set<String> SCOPES = Set.of(
            "Terminating",
            "NotTerminating",
            "BestEffort",
            "NotBestEffort",
            "PriorityClass",
            "VolumeAttributesClass",
            "CrossNamespacePodAffinity");

    /** Scopes that a selector may only ask for as a whole. */
    private static final Set<String> WHOLE =
            Set.of("Terminating", "NotTerminating", "BestEffort", "NotBestEffort", "CrossNamespacePodAffinity");

    private static final Set<String> OF_PODS =
            Set.of("pods", "cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory");
    private static final Set<String> OF_CLAIMS = Set.of("persistentvolumeclaims", "requests.storage");
    private static final List<Set<String>> CONFLICTS =
            List.of(Set.of("BestEffort", "NotBestEffort"), Set.of("Terminating", "NotTerminating"));

    private QuotaRules() {}

    private static void spec(Spot spec) {
        amounts(spec.at("hard"));
        Set<String> resources = new TreeSet<>(spec.at("hard").object().names());
        Spot scopes = spec.at("scopes");
        scopes.strings().forEach(scope -> scope(scope, scopes, "", resources, scopes));
        conflicts(scopes.strings(), scopes, scopes);
        Spot selector = spec.at("scopeSelector");
        Spot expressions = selector.at("matchExpressions");
        for (Spot expression : expressions.items()) {
            Spot named = expression.named(expressions.path());
            scope(expression.text("scopeName"), named.at("scopeName"), "scopeName", resources, selector);
            operator(named);
        }
        conflicts(
                expressions.items().stream()
                        .map(expression -> expression.text("scopeName"))
                        .toList(),
                expressions,
                scopes);
    }

    private static void amounts(Spot amounts) {
        for (Spot.Entry amount : amounts.entries()) {
            ResourceRules.quotaName(amount.key(), amount.spot());
            ResourceRules.value(amount.key(), amount.spot());
        }
    }

    /** @param shown what messages tell of scopes that do not fit a resource */
    private static void scope(String scope, Spot place, String field, Set<String> resources, Spot shown) {
        FieldPath whole = field.isEmpty() ? place.path() : FieldPath.of("spec", "scopeSelector", "matchExpressions");
        if (!SCOPES.contains(scope)) {
            place.invalid("unsupported scope");
        }
        for (String resource : resources) {
            if (ResourceRules.isQuotaName(resource) && !fits(scope, resource)) {
                shown.named(whole).invalid("unsupported scope applied to resource");
            }
        }
    }

    private static boolean fits(String scope, String resource) {
        return switch (scope) {
            case "Terminating", "NotTerminating", "NotBestEffort", "PriorityClass", "CrossNamespacePodAffinity" ->
                OF_PODS.contains(resource);
            case "BestEffort" -> resource.equals("pods");
            case "VolumeAttributesClass" -> OF_CLAIMS.contains(resource);
            default -> true;
        };
    }

    private static void operator(Spot expression) {
        Spot operator = expression.at("operator");
        if (WHOLE.contains(expression.text("scopeName")) && !operator.text().equals("Exists")) {
            operator.invalid("must be 'Exists' when scope is any of ResourceQuotaScopeTerminating,"
                    + " ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort,"
                    + " ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity");
        }
        Spot values = expression.at("values");
        switch (operator.text()) {
            case "In", "NotIn" -> {
                if (values.empty()) {
                    values.required("must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.empty()) {
                    values.invalid("must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
                }
            }
            default -> operator.invalid(Value.of(operator.text()), "not a valid selector operator");
        }
    }

    private static void conflicts(List<String> scopes, Spot place, Spot shown) {
        for (Set<String> pair : CONFLICTS) {
            if (scopes.containsAll(pair)) {
                shown.named(place.path()).invalid("conflicting scopes");
            }
        }
    }
}
