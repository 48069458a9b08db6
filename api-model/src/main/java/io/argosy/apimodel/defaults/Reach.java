package io.argosy.apimodel.defaults;

import io.argosy.apimodel.definition.TypeFacts;
import io.argosy.apimodel.schema.Field;
import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.MapSchema;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.ScalarSchema;
import io.argosy.apimodel.schema.Schema;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which types have defaults in them or in their parts, so that the others need not be walked. */
final class Reach {

    private static final Map<String, Boolean> KNOWN = new ConcurrentHashMap<>();

    private Reach() {}

    static boolean fillsAnything(Schema schema) {
        if (schema instanceof ObjectSchema type) {
            Boolean known = KNOWN.get(type.name());
            if (known == null) {
                known = search(type, new HashSet<>());
                KNOWN.put(type.name(), known);
            }
            return known;
        }
        return search(schema, new HashSet<>());
    }

    /** A map from resource names to quantities, whose amounts are kept to a thousandth. */
    static boolean isResourceList(MapSchema map) {
        return map.values() instanceof ScalarSchema scalar && scalar.type() == ScalarSchema.Type.QUANTITY;
    }

    private static boolean search(Schema schema, Set<String> seen) {
        return switch (schema) {
            case ObjectSchema type -> seen.add(type.name()) && searchType(type, seen);
            case ListSchema list -> search(list.element(), seen);
            case MapSchema map -> isResourceList(map) || search(map.values(), seen);
            default -> false;
        };
    }

    private static boolean searchType(ObjectSchema type, Set<String> seen) {
        boolean own = TypeRules.has(type.name())
                || TypeFacts.of(type.name()).fields().values().stream()
                        .anyMatch(field -> field.defaulting().isPresent());
        if (own) {
            return true;
        }
        for (Field field : type.fields()) {
            if (search(field.schema(), seen)) {
                return true;
            }
        }
        return false;
    }
}
