package io.argosy.apiserver.admission.podsecurity;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What processes of pods may do. */
final class PrivilegeChecks {

    private static final Set<String> DEFAULT_CAPABILITIES = Set.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");

    private PrivilegeChecks() {}

    private static Optional<Violation> containers(String reason, List<String> bad, String must) {
        return bad.isEmpty() ? Optional.empty() : Optional.of(new Violation(reason, Words.containers(bad) + must));
    }

    static Optional<Violation> privileged(PodView pod) {
        return containers(
                "privileged",
                pod.badContainers(security -> security.isTrue("privileged")),
                " must not set securityContext.privileged=true");
    }

    static Optional<Violation> escalation(PodView pod) {
        return containers(
                "allowPrivilegeEscalation != false",
                pod.badContainers(security -> !isFalse(security, "allowPrivilegeEscalation")),
                " must set securityContext.allowPrivilegeEscalation=false");
    }

    private static boolean isFalse(ObjectValue security, String field) {
        return security.at(field).equals(Optional.of(BooleanValue.FALSE));
    }

    static Optional<Violation> defaultCapabilities(PodView pod) {
        TreeSet<String> others = new TreeSet<>();
        List<String> bad = pod.badContainers(security -> adds(security, DEFAULT_CAPABILITIES, others));
        return containers("non-default capabilities", bad, mustNotAdd(others));
    }

    private static String mustNotAdd(Set<String> capabilities) {
        return " must not include " + Words.quoted(capabilities) + " in securityContext.capabilities.add";
    }

    /** Whether a context adds others than those allowed; they are put into {@code others}. */
    private static boolean adds(ObjectValue security, Set<String> allowed, Set<String> others) {
        List<String> added = security.array("capabilities", "add").stream()
                .flatMap(ArrayValue::strings)
                .filter(capability -> !allowed.contains(capability))
                .toList();
        others.addAll(added);
        return !added.isEmpty();
    }

    static Optional<Violation> fewCapabilities(PodView pod) {
        TreeSet<String> others = new TreeSet<>();
        List<String> keeping = pod.badContainers(security -> security.array("capabilities", "drop").stream()
                .flatMap(ArrayValue::strings)
                .noneMatch("ALL"::equals));
        List<String> adding = pod.badContainers(security -> adds(security, Set.of("NET_BIND_SERVICE"), others));
        List<String> details = new ArrayList<>();
        if (!keeping.isEmpty()) {
            details.add(Words.containers(keeping) + " must set securityContext.capabilities.drop=[\"ALL\"]");
        }
        if (!adding.isEmpty()) {
            details.add(Words.containers(adding) + mustNotAdd(others));
        }
        return details.isEmpty()
                ? Optional.empty()
                : Optional.of(new Violation("unrestricted capabilities", String.join("; ", details)));
    }

    static Optional<Violation> nonRoot(PodView pod) {
        String reason = "runAsNonRoot != true";
        Optional<String> setters = pod.setters(security -> isFalse(security, "runAsNonRoot"));
        if (setters.isPresent()) {
            return Optional.of(
                    new Violation(reason, setters.get() + " must not set securityContext.runAsNonRoot=false"));
        }
        if (PodView.security(pod.spec()).isTrue("runAsNonRoot")) {
            return Optional.empty();
        }
        List<String> silent =
                pod.badContainers(security -> !(security.at("runAsNonRoot").orElse(null) instanceof BooleanValue));
        return silent.isEmpty()
                ? Optional.empty()
                : Optional.of(new Violation(
                        reason, "pod or " + Words.containers(silent) + " must set securityContext.runAsNonRoot=true"));
    }

    static Optional<Violation> userZero(PodView pod) {
        return pod.setters(security ->
                        security.integer("runAsUser").filter(user -> user == 0).isPresent())
                .map(setters -> new Violation("runAsUser=0", setters + " must not set runAsUser=0"));
    }
}
