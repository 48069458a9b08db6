package io.argosy.apiserver.admission.podsecurity;

import io.argosy.apimodel.status.FieldError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the policy of its namespace says to a pod or to the template of one. Pure.
 *
 * @param refusal why a pod is refused
 * @param annotations for the audit event, without their prefix
 * @param counted for the metrics
 */
record Evaluation(
        Optional<String> refusal, Map<String, String> annotations, List<String> warnings, List<Counted> counted) {

    Evaluation {
        annotations = Map.copyOf(annotations);
        warnings = List.copyOf(warnings);
        counted = List.copyOf(counted);
    }

    /** One evaluation by one mode: enforce, audit or warn. */
    record Counted(boolean allowed, Standard standard, String mode) {}

    /**
     * @param errors of labels that could not be read
     * @param enforce for pods; templates are only warned of, as their pods will be refused
     */
    static Evaluation of(Policy policy, List<FieldError> errors, PodView pod, boolean enforce) {
        Map<Standard, List<Violation>> known = new HashMap<>();
        Map<String, String> annotations = new LinkedHashMap<>();
        List<Counted> counted = new ArrayList<>();
        Optional<String> refusal = Optional.empty();
        List<String> warnings = new ArrayList<>();
        if (!errors.isEmpty()) {
            String list = errors.stream().map(FieldError::toString).distinct().collect(Collectors.joining(", "));
            annotations.put("error", "Failed to parse policy: " + (errors.size() == 1 ? list : "[" + list + "]"));
        }
        if (enforce) {
            annotations.put("enforce-policy", policy.enforce().toString());
            List<Violation> found = known.computeIfAbsent(policy.enforce(), standard -> ask(standard, pod));
            if (!found.isEmpty()) {
                refusal = Optional.of("violates" + told(policy.enforce(), found));
            }
            counted.add(new Counted(found.isEmpty(), policy.enforce(), "enforce"));
        }
        List<Violation> audited = known.computeIfAbsent(policy.audit(), standard -> ask(standard, pod));
        if (!audited.isEmpty()) {
            annotations.put("audit-violations", "would violate" + told(policy.audit(), audited));
            counted.add(new Counted(false, policy.audit(), "audit"));
        }
        if (refusal.isEmpty()) {
            List<Violation> warned = known.computeIfAbsent(policy.warn(), standard -> ask(standard, pod));
            if (!warned.isEmpty()) {
                warnings.add("would violate" + told(policy.warn(), warned));
                counted.add(new Counted(false, policy.warn(), "warn"));
            }
        }
        return new Evaluation(refusal, annotations, warnings, counted);
    }

    private static List<Violation> ask(Standard standard, PodView pod) {
        return Standards.violations(standard, pod);
    }

    private static String told(Standard standard, List<Violation> violations) {
        return " PodSecurity \"" + standard + "\": " + Violation.details(violations);
    }
}
