package io.argosy.apiserver.apply;

import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a part of an object over the whole as server-side apply merges, but owned by nobody. Pure. */
public final class PartialMerge {

    private PartialMerge() {}

    /** @throws ApiException 400, when the part has a value that would replace the old one as a whole */
    public static ObjectValue merge(ObjectValue object, ObjectValue part, Schema schema) {
        List<String> atomics = new ArrayList<>();
        collect(part, schema, "", atomics);
        if (!atomics.isEmpty()) {
            throw ApiException.badRequest("invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: "
                    + String.join(", ", atomics));
        }
        return Merge.merge(object, part, schema);
    }

    private static void collect(Value value, @Nullable Schema schema, String path, List<String> atomics) {
        switch (value) {
            case ObjectValue object -> {
                if (schema != null && Shapes.atomic(schema, object)) {
                    atomics.add(path);
                }
                object.fields()
                        .forEach((name, field) -> collect(
                                field, Shapes.below(schema, new PathElement.Name(name)), path + "." + name, atomics));
            }
            case ArrayValue array -> {
                if (Shapes.atomic(schema, array)) {
                    atomics.add(path);
                } else if (schema instanceof ListSchema list) {
                    array.forEach(item -> collect(item, list.element(), path, atomics));
                }
            }
            default -> {}
        }
    }
}
