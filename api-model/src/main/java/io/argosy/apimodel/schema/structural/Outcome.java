package io.argosy.apimodel.schema.structural;

import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.Value;
import java.util.ArrayList;
import java.util.List;

/** What validating one value gave: errors, and how many checks were made, by which the best of failed options is found. */
final class Outcome {

    /** More errors than these tell nobody more. */
    private static final int LIMIT = 1_000;

    private final List<FieldError> errors = new ArrayList<>();
    private int checked;

    List<FieldError> errors() {
        return errors;
    }

    boolean isValid() {
        return errors.isEmpty();
    }

    int checked() {
        return checked;
    }

    void count() {
        checked++;
    }

    void merge(Outcome other) {
        other.errors.forEach(this::add);
        checked += other.checked;
    }

    void add(FieldError error) {
        if (errors.size() < LIMIT) {
            errors.add(error);
        }
    }

    /** An error that names the field in its text, as all of these do. */
    void invalid(String path, Value value, String text) {
        add(FieldError.invalid(fieldPath(path), value, path + " in body " + text));
    }

    static FieldPath fieldPath(String path) {
        return new FieldPath(path.startsWith(".") ? path.substring(1) : path.isEmpty() ? "<nil>" : path);
    }
}
