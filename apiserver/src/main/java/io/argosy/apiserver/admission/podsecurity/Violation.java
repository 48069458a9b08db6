package io.argosy.apiserver.admission.podsecurity;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What of a pod is not allowed.
 *
 * @param reason in a few words
 * @param detail who sets what
 */
record Violation(String reason, String detail) {

    static String reasons(List<Violation> violations) {
        return violations.stream().map(Violation::reason).collect(Collectors.joining(", "));
    }

    static String details(List<Violation> violations) {
        return violations.stream()
                .map(violation -> violation.reason() + " (" + violation.detail() + ")")
                .collect(Collectors.joining(", "));
    }
}
