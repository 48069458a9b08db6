package io.argosy.apimodel.definition;

import io.argosy.apimodel.tree.ObjectValue;
import java.util.HashMap;
import java.util.Map;

/** The facts of all types, read once, when first asked for. */
final class TypeFactsTable {

    static final TypeFactsTable INSTANCE = new TypeFactsTable();

    private static final String MACHINERY = "io.k8s.apimachinery.";

    /** By name with version, and by name without one. */
    private final Map<String, TypeFacts> byName = new HashMap<>();

    private TypeFactsTable() {
        for (String file : BuiltIns.FILES) {
            ObjectValue content = DataFile.read(file);
            put(content, content.string("package").orElseThrow() + ".");
        }
        put(DataFile.read("meta"), MACHINERY);
    }

    private void put(ObjectValue file, String prefix) {
        file.object("types")
                .ifPresent(types -> types.fields()
                        .forEach((name, facts) -> byName.put(prefix + name, TypeFacts.read((ObjectValue) facts))));
    }

    TypeFacts find(String typeName) {
        TypeFacts exact = byName.get(typeName);
        if (exact != null) {
            return exact;
        }
        int type = typeName.lastIndexOf('.');
        int version = type < 0 ? -1 : typeName.lastIndexOf('.', type - 1);
        return version < 0
                ? TypeFacts.NONE
                : byName.getOrDefault(typeName.substring(0, version) + typeName.substring(type), TypeFacts.NONE);
    }
}
