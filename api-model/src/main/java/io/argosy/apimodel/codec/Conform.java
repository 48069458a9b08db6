package io.argosy.apimodel.codec;

import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.tree.ObjectValue;

/** Makes a tree what decoding it into a typed object and encoding it again would make of it. */
public final class Conform {

    private Conform() {}

    /**
     * Checks types, brings quantities and times into their canonical form, drops what has no schema (and notes it),
     * drops nulls and zeros that are not written, adds zeros that always are. Changes the tree in place and returns it.
     *
     * @throws io.argosy.apimodel.status.ApiException 400, when a value has the wrong type
     */
    public static ObjectValue conform(ObjectValue tree, ObjectSchema schema, ParseNotes notes) {
        if (!schema.fields().isEmpty()) {
            throw new UnsupportedOperationException("not written yet: " + schema);
        }
        return tree;
    }
}
