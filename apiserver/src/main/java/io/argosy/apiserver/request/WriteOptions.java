package io.argosy.apiserver.request;

import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The CreateOptions, UpdateOptions or PatchOptions of a write, checked.
 *
 * @param kind which of the three
 * @param fieldManager as given, may be empty
 * @param force of an apply; empty when not given
 */
public record WriteOptions(
        Kind kind, boolean dryRun, String fieldManager, FieldValidation fieldValidation, Optional<Boolean> force) {

    private static final int MANAGER_CHARACTERS = 128;

    /** What to do with fields that nobody knows and fields that stand twice. */
    public enum FieldValidation {
        IGNORE,
        WARN,
        STRICT
    }

    /** The kind of the options object. */
    public enum Kind {
        CREATE("CreateOptions"),
        UPDATE("UpdateOptions"),
        PATCH("PatchOptions"),
        APPLY("PatchOptions");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    /** Reads and checks a query. */
    public static WriteOptions of(Kind kind, Query query) {
        List<String> dryRun = query.all("dryRun");
        String manager = query.get("fieldManager");
        String validation = query.get("fieldValidation");
        Optional<Boolean> force = Parameters.truth(query, "force");
        List<FieldError> errors = new ArrayList<>();
        if (kind == Kind.APPLY && manager.isEmpty()) {
            errors.add(FieldError.required(FieldPath.of("fieldManager"), "is required for apply patch"));
        }
        if (kind == Kind.PATCH && force.isPresent()) {
            errors.add(FieldError.forbidden(FieldPath.of("force"), "may not be specified for non-apply patch"));
        }
        checkManager(manager, errors);
        checkDryRun(dryRun, errors);
        FieldValidation how = fieldValidation(validation);
        if (how == null) {
            errors.add(FieldError.notSupported(
                    FieldPath.of("fieldValidation"), Value.of(validation), List.of("", "Ignore", "Strict", "Warn")));
            how = FieldValidation.WARN;
        }
        if (!errors.isEmpty()) {
            throw ApiException.invalid("meta.k8s.io", kind.text, "", errors);
        }
        return new WriteOptions(kind, !dryRun.isEmpty(), manager, how, force);
    }

    static void checkDryRun(List<String> dryRun, List<FieldError> errors) {
        for (String value : dryRun) {
            if (!value.equals("All")) {
                errors.add(
                        FieldError.notSupported(FieldPath.of("dryRun"), ArrayValue.ofStrings(dryRun), List.of("All")));
                return;
            }
        }
    }

    private static @Nullable FieldValidation fieldValidation(String text) {
        return switch (text) {
            case "", "Warn" -> FieldValidation.WARN;
            case "Ignore" -> FieldValidation.IGNORE;
            case "Strict" -> FieldValidation.STRICT;
            default -> null;
        };
    }

    private static void checkManager(String manager, List<FieldError> errors) {
        FieldPath path = FieldPath.of("fieldManager");
        if (manager.codePointCount(0, manager.length()) > MANAGER_CHARACTERS) {
            errors.add(FieldError.tooLong(path, MANAGER_CHARACTERS));
        }
        for (int i = 0; i < manager.length(); i++) {
            char c = manager.charAt(i);
            if (Character.isISOControl(c)) {
                errors.add(FieldError.invalid(
                        path, manager, String.format("invalid character U+%04X (at position %d)", (int) c, i)));
            }
        }
    }

    /** The options as admission plugins and webhooks see them. */
    public ObjectValue toObject() {
        ObjectValue object = new ObjectValue()
                .put("kind", kind.text)
                .put("apiVersion", new GroupVersion("meta.k8s.io", "v1").toString());
        if (dryRun) {
            object.put("dryRun", ArrayValue.of(Value.of("All")));
        }
        force.ifPresent(value -> object.put("force", value));
        if (!fieldManager.isEmpty()) {
            object.put("fieldManager", fieldManager);
        }
        if (fieldValidation != FieldValidation.WARN) {
            object.put("fieldValidation", fieldValidation == FieldValidation.STRICT ? "Strict" : "Ignore");
        }
        return object;
    }
}
