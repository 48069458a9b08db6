package io.argosy.apiserver.admission.webhook;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.expression.AdmissionEnvironments;
import io.argosy.apiserver.admission.expression.MatchConditions;
import io.argosy.apiserver.admission.matching.Criteria;
import io.argosy.apiserver.callout.CallTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One webhook of a configuration.
 *
 * @param id names it among all: configuration, name, and which of that name
 * @param ignoresFailures whether a request goes on when the webhook cannot be asked
 * @param safeForDryRun whether it has no side effects then
 * @param reinvoked whether it is asked again when others changed the object after it
 * @param versions of AdmissionReview that it takes, in its order
 */
record Webhook(
        String configuration,
        String name,
        String id,
        Criteria criteria,
        MatchConditions conditions,
        CallTarget target,
        boolean ignoresFailures,
        boolean safeForDryRun,
        boolean reinvoked,
        Duration timeout,
        List<String> versions) {

    Webhook {
        versions = List.copyOf(versions);
    }

    /** The webhooks of a configuration in their order. */
    static List<Webhook> of(ObjectValue configuration) {
        String configured = configuration.string("metadata", "name").orElse("");
        Map<String, Integer> seen = new HashMap<>();
        List<Webhook> webhooks = new ArrayList<>();
        configuration.array("webhooks").stream().flatMap(ArrayValue::objects).forEach(given -> {
            String name = given.string("name").orElse("");
            int count = seen.merge(name, 1, Integer::sum) - 1;
            webhooks.add(of(configured, name, configured + "/" + name + "/" + count, given));
        });
        return webhooks;
    }

    private static Webhook of(String configuration, String name, String id, ObjectValue given) {
        String sideEffects = given.string("sideEffects").orElse("");
        return new Webhook(
                configuration,
                name,
                id,
                Criteria.of(given),
                MatchConditions.of(given, AdmissionEnvironments.of(new AdmissionEnvironments.Names(false, true))),
                CallTarget.of(given.object("clientConfig").orElseGet(ObjectValue::new)),
                given.string("failurePolicy").orElse("").equals("Ignore"),
                sideEffects.equals("None") || sideEffects.equals("NoneOnDryRun"),
                given.string("reinvocationPolicy").orElse("").equals("IfNeeded"),
                Duration.ofSeconds(given.integer("timeoutSeconds").orElse(10L)),
                given.array("admissionReviewVersions")
                        .map(list -> list.strings().toList())
                        .orElse(List.of()));
    }
}
