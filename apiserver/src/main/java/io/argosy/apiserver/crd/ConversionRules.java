package io.argosy.apiserver.crd;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.admissionregistration.ClientConfigRules;
import io.argosy.apiserver.registry.check.Spot;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What {@code spec.conversion} of a definition must keep. */
final class ConversionRules {

    private static final FieldPath PATH = FieldPath.of("spec", "conversion");
    private static final List<String> VERSIONS = List.of("v1", "v1beta1");

    private ConversionRules() {}

    /** Messages name the fields as the definition's internal form does, where they differ. */
    static void check(ObjectValue crd, List<FieldError> errors) {
        Spot conversion = Spot.root(crd, errors).at("spec", "conversion");
        String strategy = conversion.text("strategy");
        Spot config = conversion.at("webhook", "clientConfig").named(PATH.child("webhookClientConfig"));
        Spot versions =
                conversion.at("webhook", "conversionReviewVersions").named(PATH.child("conversionReviewVersions"));
        switch (strategy) {
            case "Webhook" -> {
                if (config.present()) {
                    ClientConfigRules.check(config);
                } else {
                    config.required("required when strategy is set to Webhook");
                }
                versions(versions);
            }
            case "", "None" -> {
                if (config.present()) {
                    config.forbidden("should not be set when strategy is not set to Webhook");
                }
                if (!versions.empty()) {
                    versions.forbidden("should not be set when strategy is not set to Webhook");
                }
            }
            default ->
                errors.add(FieldError.notSupported(
                        PATH.child("strategy"), Value.of(strategy), List.of("None", "Webhook")));
        }
    }

    private static void versions(Spot versions) {
        if (versions.empty()) {
            versions.required("");
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
        if (versions.strings().stream().noneMatch(VERSIONS::contains)) {
            versions.invalid("must include at least one of " + String.join(", ", VERSIONS));
        }
    }
}
