package io.argosy.apiserver.apply;

import io.argosy.apimodel.schema.Field;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.Presence;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;

/**
 * What a type is before anything is written: the parts that its objects always have are there, so that nobody comes to own
 * them by filling them.
 */
final class EmptyObject {

    private EmptyObject() {}

    static ObjectValue of(ObjectSchema schema) {
        ObjectValue empty = new ObjectValue();
        for (Field field : schema.fields()) {
            if (field.presence() == Presence.NULLABLE) {
                empty.put(field.name(), NullValue.NULL);
            } else if (field.presence() == Presence.ALWAYS && field.schema() instanceof ObjectSchema type) {
                empty.put(field.name(), of(type));
            }
        }
        return empty;
    }
}
