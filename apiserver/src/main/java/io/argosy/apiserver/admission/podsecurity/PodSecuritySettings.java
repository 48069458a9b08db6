package io.argosy.apiserver.admission.podsecurity;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A PodSecurityConfiguration: the policy of namespaces that say nothing, and who is exempt from all.
 *
 * <p>Source: Kubernetes page "Enforce Pod Security Standards by Configuring the Built-in Admission Controller".
 */
record PodSecuritySettings(Policy defaults, Set<String> usernames, Set<String> runtimeClasses, Set<String> namespaces) {

    static final PodSecuritySettings DEFAULT = new PodSecuritySettings(Policy.NONE, Set.of(), Set.of(), Set.of());

    private static final Set<String> VERSIONS = Set.of(
            "pod-security.admission.config.k8s.io/v1",
            "pod-security.admission.config.k8s.io/v1beta1",
            "pod-security.admission.config.k8s.io/v1alpha1");

    PodSecuritySettings {
        usernames = Set.copyOf(usernames);
        runtimeClasses = Set.copyOf(runtimeClasses);
        namespaces = Set.copyOf(namespaces);
    }

    /** @throws IllegalArgumentException with all that is wrong */
    static PodSecuritySettings read(ObjectValue config) {
        String version = config.string("apiVersion").orElse("");
        String kind = config.string("kind").orElse("");
        if (!VERSIONS.contains(version) || !kind.equals("PodSecurityConfiguration")) {
            throw new IllegalArgumentException(
                    "no kind \"" + kind + "\" is registered for version \"" + version + "\"");
        }
        Reading reading = new Reading(config);
        PodSecuritySettings read = new PodSecuritySettings(
                new Policy(reading.standard("enforce"), reading.standard("audit"), reading.standard("warn")),
                reading.exempt("usernames", name -> name.isEmpty() ? List.of("username must not be empty") : List.of()),
                reading.exempt("runtimeClasses", Names::dns1123Subdomain),
                reading.exempt("namespaces", Names::dns1123Label));
        if (!reading.errors.isEmpty()) {
            throw new IllegalArgumentException(
                    reading.errors.stream().map(FieldError::toString).collect(Collectors.joining(", ")));
        }
        return read;
    }

    private static final class Reading {

        private final ObjectValue config;
        private final List<FieldError> errors = new ArrayList<>();

        Reading(ObjectValue config) {
            this.config = config;
        }

        Standard standard(String mode) {
            String level = config.string("defaults", mode)
                    .filter(text -> !text.isEmpty())
                    .orElse("privileged");
            String release = config.string("defaults", mode + "-version")
                    .filter(text -> !text.isEmpty())
                    .orElse("latest");
            if (Level.parse(level).isEmpty()) {
                errors.add(FieldError.invalid(FieldPath.of("defaults", mode), Value.of(level), Level.VALID));
            }
            if (Release.parse(release).isEmpty()) {
                errors.add(FieldError.invalid(
                        FieldPath.of("defaults", mode + "-version"), Value.of(release), Release.VALID));
            }
            return new Standard(
                    Level.parse(level).orElse(Level.RESTRICTED),
                    Release.parse(release).orElse(Release.LATEST));
        }

        Set<String> exempt(String list, Function<String, List<String>> wrong) {
            Set<String> names = new HashSet<>();
            List<String> all = config.array("exemptions", list).stream()
                    .flatMap(ArrayValue::strings)
                    .toList();
            for (int i = 0; i < all.size(); i++) {
                String name = all.get(i);
                FieldPath path = FieldPath.of("exemptions", list).index(i);
                List<String> why = wrong.apply(name);
                if (!why.isEmpty()) {
                    errors.add(FieldError.invalid(path, Value.of(name), String.join(", ", why)));
                } else if (!names.add(name)) {
                    errors.add(FieldError.duplicate(path, Value.of(name)));
                }
            }
            return names;
        }
    }
}
