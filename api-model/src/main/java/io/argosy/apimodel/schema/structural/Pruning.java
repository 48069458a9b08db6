package io.argosy.apimodel.schema.structural;

import io.argosy.apimodel.schema.AnySchema;
import io.argosy.apimodel.schema.EitherSchema;
import io.argosy.apimodel.schema.Field;
import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.MapSchema;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.ScalarSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Drops fields that a schema does not have. */
public final class Pruning {

    private static final Set<String> META = Set.of("kind", "apiVersion", "metadata");

    private final List<String> dropped = new ArrayList<>();

    private Pruning() {}

    /**
     * Drops unknown fields in place. {@code kind}, {@code apiVersion} and {@code metadata} of the object and of embedded
     * ones are left as they are.
     *
     * @return the paths of what was dropped, sorted: {@code spec.list[0].foo}
     */
    public static List<String> prune(ObjectValue object, ObjectSchema schema) {
        Pruning pruning = new Pruning();
        pruning.object(object, schema, "");
        return pruning.dropped.stream().sorted().toList();
    }

    private void value(Value value, Schema schema, String path) {
        if (schema instanceof AnySchema) {
            return;
        }
        switch (value) {
            case ObjectValue object -> {
                switch (schema) {
                    case ObjectSchema fields -> object(object, fields, path);
                    case MapSchema map ->
                        object.fields().forEach((key, item) -> value(item, map.values(), child(path, key)));
                    case ScalarSchema _, ListSchema _, EitherSchema _, AnySchema _ -> clear(object, path);
                }
            }
            case ArrayValue array -> {
                for (int i = 0; i < array.size(); i++) {
                    String at = path + "[" + i + "]";
                    if (schema instanceof ListSchema list) {
                        value(array.get(i), list.element(), at);
                    } else if (array.get(i) instanceof ObjectValue object) {
                        clear(object, at);
                    }
                }
            }
            default -> {}
        }
    }

    private void object(ObjectValue object, ObjectSchema schema, String path) {
        Iterator<Map.Entry<String, Value>> entries = object.fields().entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, Value> entry = entries.next();
            String name = entry.getKey();
            if (schema.embedsResource() && META.contains(name)) {
                continue;
            }
            Field field = schema.fieldOrNull(name);
            if (field != null) {
                value(entry.getValue(), field.schema(), child(path, name));
            } else if (!schema.preservesUnknown()) {
                dropped.add(child(path, name));
                entries.remove();
            }
        }
    }

    private void clear(ObjectValue object, String path) {
        object.names().forEach(name -> dropped.add(child(path, name)));
        object.fields().clear();
    }

    private static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
