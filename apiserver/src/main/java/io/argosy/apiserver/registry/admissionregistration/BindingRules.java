package io.argosy.apiserver.registry.admissionregistration;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Rules;
import io.argosy.apiserver.registry.check.Selectors;
import io.argosy.apiserver.registry.check.Spot;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules of bindings of policies. */
public final class BindingRules {

    public static final Rules VALIDATING = Rules.of(binding -> {
        spec(binding.at("spec"));
        actions(binding.at("spec", "validationActions"));
    });
    public static final Rules MUTATING = Rules.of(binding -> {
        spec(binding.at("spec"));
        MatchResourcesRules.checkMutable(binding.at("spec", "matchResources"));
    });

    private static final List<String> ACTIONS = List.of("Audit", "Deny", "Warn");

    private BindingRules() {}

    private static void spec(Spot spec) {
        spec.at("policyName").name(Names::dns1123Subdomain);
        Spot params = spec.at("paramRef");
        if (params.present()) {
            params(params);
        }
        MatchResourcesRules.check(spec.at("matchResources"));
    }

    private static void params(Spot params) {
        Spot name = params.at("name");
        Spot selector = params.at("selector");
        name.obeys(Names::pathSegment);
        if (!name.empty() && selector.present()) {
            name.forbidden("name and selector are mutually exclusive");
        }
        if (selector.present()) {
            Selectors.check(selector);
            if (!name.empty()) {
                selector.forbidden("name and selector are mutually exclusive");
            }
        }
        if (name.empty() && !selector.present()) {
            params.required("one of name or selector must be specified");
        }
        Spot action = params.at("parameterNotFoundAction");
        if (action.needed()) {
            action.oneOf("Deny", "Allow");
        }
    }

    private static void actions(Spot actions) {
        Set<String> seen = new HashSet<>();
        for (Spot action : actions.items()) {
            if (!ACTIONS.contains(action.text())) {
                action.add(FieldError.notSupported(action.path(), Value.of(action.text()), ACTIONS));
            }
            action.unique(seen);
        }
        List<String> all = actions.strings();
        if (all.contains("Deny") && all.contains("Warn")) {
            actions.invalid("must not contain both Deny and Warn (repeating the same validation failure information in"
                    + " the API response and headers serves no purpose)");
        }
        if (all.isEmpty()) {
            actions.required("at least one validation action is required");
        }
    }
}
