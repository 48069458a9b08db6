package io.argosy.apiserver.patch;

import io.argosy.apimodel.schema.Field;
import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.MapSchema;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Strategic merge patch: a merge patch that knows by the schema which lists are merged and by which key, with directives
 * {@code $patch}, {@code $retainKeys}, {@code $deleteFromPrimitiveList} and {@code $setElementOrder}. See the Kubernetes
 * page "Update API Objects in Place Using kubectl patch" and the design document "Strategic Merge Patch".
 */
public final class StrategicMerge {

    private static final String PATCH = "$patch";
    private static final String RETAIN_KEYS = "$retainKeys";
    private static final String DELETE_FROM = "$deleteFromPrimitiveList/";
    private static final String ORDER = "$setElementOrder/";

    private StrategicMerge() {}

    /** The changed object; the ones given are not changed. */
    public static ObjectValue apply(ObjectValue object, ObjectValue patch, ObjectSchema schema) throws PatchException {
        return object(object.copy(), patch.copy(), schema);
    }

    private static ObjectValue object(ObjectValue original, ObjectValue patch, @Nullable Schema schema)
            throws PatchException {
        Optional<Value> directive = patch.remove(PATCH);
        if (directive.isPresent()) {
            String text = patchDirective(directive.get());
            switch (text) {
                case "replace" -> {
                    return (ObjectValue) plain(patch);
                }
                case "delete" -> {
                    return new ObjectValue();
                }
                case "merge" -> {}
                default -> throw new PatchException("Unknown patch type found: " + text);
            }
        }
        retainKeys(original, patch);
        for (Map.Entry<String, Value> field : List.copyOf(patch.fields().entrySet())) {
            if (field.getKey().startsWith(DELETE_FROM)) {
                deleteFrom(original, field.getKey().substring(DELETE_FROM.length()), field.getValue());
            }
        }
        for (Map.Entry<String, Value> field : patch.fields().entrySet()) {
            if (!field.getKey().startsWith("$")) {
                field(original, patch, field.getKey(), field.getValue(), schema);
            }
        }
        orderUnpatched(original, patch, schema);
        return original;
    }

    private static String patchDirective(Value directive) throws PatchException {
        if (directive instanceof io.argosy.apimodel.tree.StringValue text) {
            return text.value();
        }
        throw new PatchException("invalid value for special key: " + PATCH);
    }

    private static void retainKeys(ObjectValue original, ObjectValue patch) throws PatchException {
        Optional<Value> retained = patch.remove(RETAIN_KEYS);
        if (retained.isEmpty()) {
            return;
        }
        if (!(retained.get() instanceof ArrayValue list)) {
            throw new PatchException("invalid patch format of retainKeys");
        }
        Set<String> keep = Set.copyOf(list.strings().toList());
        for (Map.Entry<String, Value> field : patch.fields().entrySet()) {
            if (!field.getKey().startsWith("$")
                    && field.getValue() != NullValue.NULL
                    && !keep.contains(field.getKey())) {
                throw new PatchException("invalid patch format of retainKeys");
            }
        }
        original.fields().keySet().removeIf(name -> !keep.contains(name));
    }

    private static void deleteFrom(ObjectValue original, String name, Value removed) {
        if (original.fields().get(name) instanceof ArrayValue list && removed instanceof ArrayValue gone) {
            list.items().removeIf(gone.items()::contains);
        }
    }

    private static void field(
            ObjectValue original, ObjectValue patch, String name, Value value, @Nullable Schema schema)
            throws PatchException {
        if (value == NullValue.NULL) {
            original.remove(name);
            return;
        }
        Schema type = below(schema, name);
        Value before = original.fields().get(name);
        boolean ordered = patch.has(ORDER + name);
        if (before == null || before.getClass() != value.getClass()) {
            if (!(before == null && ordered)) {
                original.put(name, plain(value));
                return;
            }
            before = new ArrayValue();
        }
        if (before instanceof ObjectValue object && value instanceof ObjectValue change) {
            original.put(name, object(object, change, type));
        } else if (before instanceof ArrayValue list && value instanceof ArrayValue change) {
            Optional<ArrayValue> order = patch.array(ORDER + name);
            original.put(name, ListMerge.merge(list, change, order, type));
        } else {
            original.put(name, value);
        }
    }

    /** A list of which only the order is told. */
    private static void orderUnpatched(ObjectValue original, ObjectValue patch, @Nullable Schema schema) {
        for (Map.Entry<String, Value> field : patch.fields().entrySet()) {
            if (!field.getKey().startsWith(ORDER)) {
                continue;
            }
            String name = field.getKey().substring(ORDER.length());
            if (!patch.has(name)
                    && original.fields().get(name) instanceof ArrayValue list
                    && field.getValue() instanceof ArrayValue order) {
                original.put(name, ListMerge.ordered(list, list, order, below(schema, name)));
            }
        }
    }

    static ObjectValue mergeItem(ObjectValue original, ObjectValue patch, @Nullable Schema schema)
            throws PatchException {
        return object(original, patch, schema);
    }

    private static @Nullable Schema below(@Nullable Schema schema, String name) {
        return switch (schema) {
            case ObjectSchema object -> object.field(name).map(Field::schema).orElse(null);
            case MapSchema map -> map.values();
            case null, default -> null;
        };
    }

    /** A value of a patch without the directives and nulls in it. */
    static Value plain(Value value) {
        return switch (value) {
            case ObjectValue object -> {
                ObjectValue plain = new ObjectValue();
                object.fields().forEach((name, inner) -> {
                    if (!name.startsWith("$") && inner != NullValue.NULL) {
                        plain.put(name, plain(inner));
                    }
                });
                yield plain;
            }
            case ArrayValue array -> {
                ArrayValue plain = new ArrayValue();
                for (Value item : array) {
                    boolean deleted = item instanceof ObjectValue object
                            && object.string(PATCH).isPresent();
                    if (!deleted) {
                        plain.add(plain(item));
                    }
                }
                yield plain;
            }
            default -> value;
        };
    }

    /** The merge of two lists is by {@link ListSchema#patch}. */
    static Optional<ListSchema> merging(@Nullable Schema schema) {
        return schema instanceof ListSchema list && list.patch().merge() ? Optional.of(list) : Optional.empty();
    }
}
