package io.argosy.apiserver.patch;

import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.Map;

/** JSON merge patch (RFC 7386). */
public final class MergePatch {

    private MergePatch() {}

    /** Changes the object. */
    public static void apply(ObjectValue object, ObjectValue patch) {
        for (Map.Entry<String, Value> field : patch.fields().entrySet()) {
            String name = field.getKey();
            if (field.getValue() == NullValue.NULL) {
                object.remove(name);
            } else if (field.getValue() instanceof ObjectValue inner) {
                apply(object.objectOrNew(name), inner);
            } else {
                object.put(name, field.getValue().copy());
            }
        }
    }
}
