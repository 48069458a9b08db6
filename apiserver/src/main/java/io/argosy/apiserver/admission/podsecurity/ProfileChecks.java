package io.argosy.apiserver.admission.podsecurity;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** How the kernel watches over pods: AppArmor, seccomp, SELinux, and the settings that pods may change of it. */
final class ProfileChecks {

    private static final Set<String> PROFILES = Set.of("RuntimeDefault", "Localhost");
    private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";
    private static final String SECCOMP_OF_POD = "seccomp.security.alpha.kubernetes.io/pod";
    private static final String SECCOMP_OF_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";

    private ProfileChecks() {}

    /** Whether a profile is given and is not one that keeps the pod in bounds; its type is put into {@code bad}. */
    private static Predicate<ObjectValue> otherProfile(String field, Set<String> bad) {
        return security -> {
            Optional<String> type = security.object(field)
                    .map(profile -> profile.string("type").orElse(""))
                    .filter(found -> !PROFILES.contains(found));
            type.ifPresent(bad::add);
            return type.isPresent();
        };
    }

    static Optional<Violation> appArmor(PodView pod) {
        TreeSet<String> types = new TreeSet<>();
        List<String> setters = new ArrayList<>();
        pod.setters(otherProfile("appArmorProfile", types)).ifPresent(setters::add);
        List<String> bad = new ArrayList<>(types);
        List<String> annotations = annotations(
                pod,
                name -> name.startsWith(APP_ARMOR),
                value -> value.isEmpty() || value.equals("runtime/default") || value.startsWith("localhost/"));
        if (!annotations.isEmpty()) {
            bad.addAll(annotations);
            setters.add(Words.number("annotation", "annotations", annotations.size()));
        }
        return setters.isEmpty()
                ? Optional.empty()
                : Optional.of(new Violation(
                        Words.number("forbidden AppArmor profile", "forbidden AppArmor profiles", bad.size()),
                        String.join(" and ", setters) + " must not set AppArmor profile type to " + Words.quoted(bad)));
    }

    /** {@code name="value"} of annotations that have a meaning and a value that is not allowed, in order. */
    private static List<String> annotations(PodView pod, Predicate<String> meant, Predicate<String> allowed) {
        TreeSet<String> bad = new TreeSet<>();
        pod.annotations().fields().forEach((name, value) -> {
            if (meant.test(name) && value instanceof StringValue text && !allowed.test(text.value())) {
                bad.add(name + "=\"" + text.value().replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
            }
        });
        return List.copyOf(bad);
    }

    /** Before there was a field, seccomp profiles were annotations. */
    static Optional<Violation> seccompAnnotations(PodView pod) {
        Set<String> meant = new TreeSet<>(Set.of(SECCOMP_OF_POD));
        pod.containers().forEach(container -> meant.add(SECCOMP_OF_CONTAINER + PodView.name(container)));
        List<String> bad = annotations(
                pod,
                meant::contains,
                value -> value.equals("runtime/default")
                        || value.equals("docker/default")
                        || value.startsWith("localhost/"));
        return bad.isEmpty()
                ? Optional.empty()
                : Optional.of(new Violation(
                        "seccompProfile",
                        "forbidden " + Words.number("annotation", "annotations", bad.size()) + " "
                                + String.join(", ", bad)));
    }

    static Optional<Violation> seccomp(PodView pod) {
        TreeSet<String> types = new TreeSet<>();
        return pod.setters(otherProfile("seccompProfile", types))
                .map(setters -> new Violation(
                        "seccompProfile",
                        setters + " must not set securityContext.seccompProfile.type to " + Words.quoted(types)));
    }

    /** As {@link #seccomp}, and every container must have a profile. */
    static Optional<Violation> seccompEverywhere(PodView pod) {
        return seccomp(pod).or(() -> {
            if (PodView.security(pod.spec()).object("seccompProfile").isPresent()) {
                return Optional.empty();
            }
            List<String> silent = pod.badContainers(
                    security -> security.object("seccompProfile").isEmpty());
            return silent.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Violation(
                            "seccompProfile",
                            "pod or " + Words.containers(silent)
                                    + " must set securityContext.seccompProfile.type to \"RuntimeDefault\" or"
                                    + " \"Localhost\""));
        });
    }

    static Function<PodView, Optional<Violation>> seLinux(Set<String> allowed) {
        return pod -> {
            TreeSet<String> types = new TreeSet<>();
            TreeSet<String> others = new TreeSet<>();
            Optional<String> setters = pod.setters(security -> {
                ObjectValue options = security.object("seLinuxOptions").orElseGet(ObjectValue::new);
                Optional<String> type =
                        options.string("type").filter(found -> !found.isEmpty() && !allowed.contains(found));
                type.ifPresent(types::add);
                boolean bad = type.isPresent();
                for (String field : List.of("user", "role")) {
                    if (!options.string(field).orElse("").isEmpty()) {
                        others.add(field);
                        bad = true;
                    }
                }
                return bad;
            });
            List<String> data = new ArrayList<>();
            if (!types.isEmpty()) {
                data.add(Words.number("type", "types", types.size()) + " " + Words.quoted(types));
            }
            others.descendingSet().forEach(field -> data.add(field + " may not be set"));
            return setters.map(who -> new Violation(
                    "seLinuxOptions",
                    who + " set forbidden securityContext.seLinuxOptions: " + String.join("; ", data)));
        };
    }

    static Function<PodView, Optional<Violation>> sysctls(Set<String> allowed) {
        return pod -> {
            List<String> forbidden = pod.spec().array("securityContext", "sysctls").stream()
                    .flatMap(ArrayValue::objects)
                    .map(PodView::name)
                    .filter(name -> !allowed.contains(name))
                    .toList();
            return forbidden.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Violation("forbidden sysctls", String.join(", ", forbidden)));
        };
    }
}
