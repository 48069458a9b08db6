package io.argosy.apiserver.bootstrap;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.List;

/** Short ways to write objects down. */
final class ObjectTrees {

    private ObjectTrees() {}

    static ObjectValue object(String apiVersion, String kind, String namespace, String name) {
        ObjectValue metadata = new ObjectValue().put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        return new ObjectValue().put("apiVersion", apiVersion).put("kind", kind).put("metadata", metadata);
    }

    /** An object of strings: names and values in turn. */
    static ObjectValue strings(String... namesAndValues) {
        ObjectValue object = new ObjectValue();
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            object.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    static ArrayValue list(String... values) {
        return ArrayValue.ofStrings(List.of(values));
    }

    static ArrayValue array(Value... values) {
        return ArrayValue.of(values);
    }
}
