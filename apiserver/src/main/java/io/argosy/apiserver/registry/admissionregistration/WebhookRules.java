package io.argosy.apiserver.registry.admissionregistration;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.admission.expression.AdmissionEnvironments;
import io.argosy.apiserver.registry.check.Selectors;
import io.argosy.apiserver.registry.check.Spot;
import io.argosy.apiserver.registry.lifecycle.Trees;
import io.argosy.apiserver.registry.lifecycle.Validation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules of configurations of webhooks. Updates need not mend what was wrong before there was a rule for it. */
public final class WebhookRules implements Validation {

    public static final WebhookRules WEBHOOKS = new WebhookRules();

    private static final List<String> VERSIONS = List.of("v1", "v1beta1");
    private static final List<String> NO_EFFECTS = List.of("None", "NoneOnDryRun");
    private static final List<String> EFFECTS = List.of("None", "NoneOnDryRun", "Some", "Unknown");

    private WebhookRules() {}

    /** What an update is held to. */
    private record Strictness(boolean effects, boolean versions, boolean names, boolean conditions) {}

    @Override
    public List<FieldError> errors(ObjectValue configuration) {
        return errors(configuration, new Strictness(true, true, true, true));
    }

    @Override
    public List<FieldError> errors(ObjectValue configuration, ObjectValue old) {
        List<ObjectValue> before =
                old.array("webhooks").stream().flatMap(ArrayValue::objects).toList();
        long names = before.stream()
                .map(webhook -> webhook.string("name").orElse(""))
                .distinct()
                .count();
        return errors(
                configuration,
                new Strictness(
                        before.stream()
                                .allMatch(webhook -> NO_EFFECTS.contains(
                                        webhook.string("sideEffects").orElse(""))),
                        before.stream().allMatch(WebhookRules::speaksKnown),
                        names == before.size(),
                        !Trees.same(conditions(configuration), conditions(old))));
    }

    private static boolean speaksKnown(ObjectValue webhook) {
        return webhook.array("admissionReviewVersions").stream()
                .flatMap(ArrayValue::strings)
                .anyMatch(VERSIONS::contains);
    }

    private static java.util.Optional<Value> conditions(ObjectValue configuration) {
        ArrayValue all = new ArrayValue();
        configuration.array("webhooks").stream()
                .flatMap(ArrayValue::objects)
                .forEach(webhook -> all.add(webhook.at("matchConditions").orElseGet(ArrayValue::new)));
        return java.util.Optional.of(all);
    }

    private static List<FieldError> errors(ObjectValue configuration, Strictness strictness) {
        List<FieldError> errors = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Spot webhook : Spot.root(configuration, errors).items("webhooks")) {
            webhook(webhook, strictness);
            versions(webhook.at("admissionReviewVersions"), strictness.versions());
            if (strictness.names() && !webhook.at("name").empty()) {
                webhook.at("name").unique(names);
            }
        }
        return errors;
    }

    private static void webhook(Spot webhook, Strictness strictness) {
        name(webhook.at("name"));
        webhook.items("rules").forEach(ResourceRules::check);
        webhook.at("failurePolicy").oneOf("Fail", "Ignore");
        webhook.at("matchPolicy").oneOf("Equivalent", "Exact");
        effects(webhook.at("sideEffects"), strictness.effects() ? NO_EFFECTS : EFFECTS);
        Spot timeout = webhook.at("timeoutSeconds");
        if (timeout.present() && (timeout.number() < 1 || timeout.number() > 30)) {
            timeout.invalid("the timeout value must be between 1 and 30 seconds");
        }
        Selectors.check(webhook.at("namespaceSelector"));
        Selectors.check(webhook.at("objectSelector"));
        webhook.at("reinvocationPolicy").oneOf("IfNeeded", "Never");
        ClientConfigRules.check(webhook.at("clientConfig"));
        if (strictness.conditions()) {
            MatchConditionRules.check(
                    webhook.at("matchConditions"),
                    AdmissionEnvironments.of(new AdmissionEnvironments.Names(false, true)));
        }
    }

    private static void name(Spot name) {
        if (!name.needed()) {
            return;
        }
        List<String> wrong = Names.dns1123Subdomain(name.text());
        if (!wrong.isEmpty()) {
            name.invalid(String.join(",", wrong));
        } else if (name.text().split("\\.", -1).length < 3) {
            name.invalid("should be a domain with at least three segments separated by dots");
        }
    }

    private static void effects(Spot effects, List<String> allowed) {
        if (!effects.present()) {
            effects.required("must specify one of " + String.join(", ", allowed));
        } else if (!allowed.contains(effects.text())) {
            effects.add(FieldError.notSupported(effects.path(), Value.of(effects.text()), allowed));
        }
    }

    private static void versions(Spot versions, boolean needKnown) {
        if (versions.empty()) {
            versions.required("must specify one of " + String.join(", ", VERSIONS));
            return;
        }
        Set<String> seen = new HashSet<>();
        for (Spot version : versions.items()) {
            if (!seen.add(version.text())) {
                version.invalid("duplicate version");
                continue;
            }
            Names.dns1035Label(version.text()).forEach(version::invalid);
        }
        if (needKnown && versions.strings().stream().noneMatch(VERSIONS::contains)) {
            versions.invalid("must include at least one of " + String.join(", ", VERSIONS));
        }
    }
}
