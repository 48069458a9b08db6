package io.argosy.apiserver.crd.schema;

import io.argosy.apimodel.codec.Conform;
import io.argosy.apimodel.codec.ParseNotes;
import io.argosy.apimodel.schema.AnySchema;
import io.argosy.apimodel.schema.EitherSchema;
import io.argosy.apimodel.schema.Field;
import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.MapSchema;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.ScalarSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.schema.Types;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.Optional;

/** Prunes objects of custom resources and fills their defaults. Trees are changed in place. */
public final class CustomTrees {

    private static final int MAX_DEPTH = 1_000;
    private static final ObjectSchema METADATA = Types.byName("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");

    private CustomTrees() {}

    /** Whether a schema is one of a custom resource. */
    public static boolean isCustom(ObjectSchema schema) {
        return schema.name().isEmpty();
    }

    /** Takes away what the schema does not have, noting it, and brings the metadata into its form. */
    public static void prune(ObjectValue object, ObjectSchema schema, ParseNotes notes) {
        prune(object, schema, "", notes, 0);
    }

    private static void prune(ObjectValue object, ObjectSchema schema, String path, ParseNotes notes, int depth) {
        if (depth > MAX_DEPTH) {
            throw ApiException.badRequest("exceeded max depth");
        }
        if (schema.embedsResource()) {
            object.object("metadata").ifPresent(metadata -> conformMetadata(metadata, path, notes));
        }
        if (!schema.preservesUnknown()) {
            object.names().removeIf(name -> {
                boolean unknown = schema.field(name).isEmpty();
                if (unknown) {
                    notes.unknownField(child(path, name));
                }
                return unknown;
            });
        }
        for (Field field : schema.fields()) {
            boolean metadata = schema.embedsResource() && field.name().equals("metadata");
            if (!metadata) {
                object.at(field.name())
                        .ifPresent(value -> prune(value, field.schema(), child(path, field.name()), notes, depth + 1));
            }
        }
    }

    private static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static void conformMetadata(ObjectValue metadata, String path, ParseNotes notes) {
        ParseNotes inner = new ParseNotes();
        Conform.conform(metadata, METADATA, inner);
        if (!inner.isEmpty()) {
            inner.texts()
                    .forEach(text -> notes.unknownField(
                            child(path, "metadata." + text.replaceAll("^unknown field \"(.*)\"$", "$1"))));
        }
    }

    private static void prune(Value value, Schema schema, String path, ParseNotes notes, int depth) {
        switch (schema) {
            case ObjectSchema type -> {
                if (value instanceof ObjectValue object) {
                    prune(object, type, path, notes, depth);
                }
            }
            case MapSchema map -> {
                if (value instanceof ObjectValue object) {
                    object.fields()
                            .forEach((name, entry) -> prune(entry, map.values(), path + "." + name, notes, depth + 1));
                }
            }
            case ListSchema list -> {
                if (value instanceof ArrayValue array) {
                    for (int i = 0; i < array.size(); i++) {
                        prune(array.get(i), list.element(), path + "[" + i + "]", notes, depth + 1);
                    }
                }
            }
            case ScalarSchema _, AnySchema _, EitherSchema _ -> {}
        }
    }

    /** Puts defaults in place of what is absent, and of nulls where null is not allowed. */
    public static void fill(Value value, Schema schema) {
        switch (schema) {
            case ObjectSchema type -> {
                if (value instanceof ObjectValue object) {
                    fillObject(object, type);
                }
            }
            case MapSchema map -> {
                if (value instanceof ObjectValue object) {
                    object.fields().values().forEach(entry -> fill(entry, map.values()));
                }
            }
            case ListSchema list -> {
                if (value instanceof ArrayValue array) {
                    array.forEach(item -> fill(item, list.element()));
                }
            }
            case ScalarSchema _, AnySchema _, EitherSchema _ -> {}
        }
    }

    private static void fillObject(ObjectValue object, ObjectSchema type) {
        for (Field field : type.fields()) {
            Optional<Value> value = object.at(field.name());
            boolean nullHere = value.isPresent()
                    && value.get() instanceof NullValue
                    && !field.schema().checks().nullable();
            if (nullHere && (field.defaultValue().isPresent() || !isUnchecked(field.schema()))) {
                object.remove(field.name());
                value = Optional.empty();
            }
            if (value.isEmpty() && field.defaultValue().isPresent()) {
                object.put(field.name(), field.defaultValue().get().copy());
            }
            object.at(field.name()).ifPresent(present -> fill(present, field.schema()));
        }
    }

    private static boolean isUnchecked(Schema schema) {
        return schema instanceof AnySchema;
    }
}
