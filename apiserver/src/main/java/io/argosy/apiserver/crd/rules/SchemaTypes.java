package io.argosy.apiserver.crd.rules;

import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import io.argosy.apimodel.schema.Field;
import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.MapSchema;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.ScalarSchema;
import io.argosy.apimodel.schema.Schema;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The types that expressions on values of a schema are checked with. */
final class SchemaTypes {

    private static final Map<String, CelType> META =
            Map.of("name", SimpleType.STRING, "generateName", SimpleType.STRING);

    private final Map<String, StructType> structs = new HashMap<>();

    /** All object types that came up, by name. */
    Map<String, StructType> structs() {
        return structs;
    }

    /** @param path names the object types; empty result where expressions see nothing of the values */
    Optional<CelType> of(Schema schema, String path) {
        return switch (schema) {
            case ScalarSchema scalar -> Optional.of(scalar(scalar));
            case ListSchema list -> of(list.element(), path + ".@items").map(ListType::create);
            case MapSchema map ->
                of(map.values(), path + ".@values").map(values -> MapType.create(SimpleType.STRING, values));
            case ObjectSchema object -> Optional.of(struct(object, path));
            default -> Optional.empty();
        };
    }

    private static CelType scalar(ScalarSchema scalar) {
        return switch (scalar.type()) {
            case BOOLEAN -> SimpleType.BOOL;
            case INT32, INT64 -> SimpleType.INT;
            case DOUBLE -> SimpleType.DOUBLE;
            case INT_OR_STRING -> SimpleType.DYN;
            default ->
                switch (scalar.checks().format()) {
                    case "byte" -> SimpleType.BYTES;
                    case "date", "date-time" -> SimpleType.TIMESTAMP;
                    case "duration" -> SimpleType.DURATION;
                    default -> SimpleType.STRING;
                };
        };
    }

    private StructType struct(ObjectSchema object, String path) {
        Map<String, CelType> fields = new HashMap<>();
        if (object.name().isEmpty()) {
            for (Field field : object.fields()) {
                PropertyNames.escape(field.name())
                        .ifPresent(name ->
                                of(field.schema(), path + "." + name).ifPresent(type -> fields.put(name, type)));
            }
        } else {
            fields.putAll(META);
        }
        ImmutableMap<String, CelType> types = ImmutableMap.copyOf(fields);
        StructType struct = StructType.create(path, types.keySet(), name -> Optional.ofNullable(types.get(name)));
        structs.put(path, struct);
        return struct;
    }
}
