package io.argosy.apiserver.admission.podsecurity;

import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the policy of a namespace from its labels. A label that cannot be read fails closed for enforce (restricted,
 * latest) and open for audit and warn. Pure.
 */
final class PolicyLabels {

    private static final String PREFIX = "pod-security.kubernetes.io/";
    private static final FieldPath LABELS = FieldPath.of("metadata", "labels");

    private final ObjectValue labels;
    private final List<FieldError> errors = new ArrayList<>();

    private PolicyLabels(ObjectValue labels) {
        this.labels = labels;
    }

    /** @param errors of labels that cannot be read */
    record Read(Policy policy, List<FieldError> errors) {
        Read {
            errors = List.copyOf(errors);
        }
    }

    static Read of(ObjectValue namespace, Policy otherwise) {
        ObjectValue labels = namespace.object("metadata", "labels").orElseGet(ObjectValue::new);
        PolicyLabels reading = new PolicyLabels(labels);
        return new Read(reading.policy(otherwise), reading.errors);
    }

    /** Whether a namespace says something of a mode itself: enforce, audit or warn. */
    static boolean says(ObjectValue namespace, String mode) {
        ObjectValue labels = namespace.object("metadata", "labels").orElseGet(ObjectValue::new);
        return labels.has(PREFIX + mode) || labels.has(PREFIX + mode + "-version");
    }

    private Policy policy(Policy otherwise) {
        Standard enforce = standard("enforce", otherwise.enforce(), Level.RESTRICTED);
        Standard audit = standard("audit", otherwise.audit(), Level.PRIVILEGED);
        Standard warn = standard("warn", otherwise.warn(), Level.PRIVILEGED);
        boolean enforced = label("enforce").flatMap(Level::parse).isPresent();
        if (label("warn").isEmpty() && enforced && enforce.level().compareTo(warn.level()) > 0) {
            // Who enforces more than is warned of by default wants to be warned of it.
            warn = new Standard(
                    enforce.level(), label("warn-version").isPresent() ? warn.release() : enforce.release());
        }
        return new Policy(enforce, audit, warn);
    }

    private Standard standard(String mode, Standard otherwise, Level whenWrong) {
        Level level = otherwise.level();
        Optional<String> said = label(mode);
        if (said.isPresent()) {
            Optional<Level> parsed = Level.parse(said.get());
            if (parsed.isEmpty()) {
                wrong(mode, said.get(), Level.VALID);
            }
            level = parsed.orElse(whenWrong);
        }
        Release release = otherwise.release();
        Optional<String> version = label(mode + "-version");
        if (version.isPresent()) {
            Optional<Release> parsed = Release.parse(version.get());
            if (parsed.isEmpty()) {
                wrong(mode + "-version", version.get(), Release.VALID);
            }
            release = parsed.orElse(Release.LATEST);
        }
        return new Standard(level, release);
    }

    private Optional<String> label(String name) {
        return labels.string(PREFIX + name);
    }

    private void wrong(String name, String value, String why) {
        errors.add(FieldError.invalid(LABELS.key(PREFIX + name), Value.of(value), why));
    }
}
