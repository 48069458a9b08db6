package io.argosy.apiserver.registry.lifecycle;

import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;

/** The rules of a kind beyond its schema. Pure functions on defaulted trees. */
public interface Validation {

    /** Takes everything. */
    Validation NONE = new Validation() {
        @Override
        public List<FieldError> errors(ObjectValue object) {
            return List.of();
        }
    };

    List<FieldError> errors(ObjectValue object);

    /** All errors of an update, those of the new object too. */
    default List<FieldError> errors(ObjectValue object, ObjectValue old) {
        return errors(object);
    }

    /** Errors of an update of the status. */
    default List<FieldError> statusErrors(ObjectValue object, ObjectValue old) {
        return List.of();
    }

    /** What the client is warned of in a new object that is valid. */
    default List<String> warnings(ObjectValue object) {
        return List.of();
    }

    /** What the client is warned of in an object whose spec was changed. */
    default List<String> warningsOnUpdate(ObjectValue object) {
        return List.of();
    }
}
