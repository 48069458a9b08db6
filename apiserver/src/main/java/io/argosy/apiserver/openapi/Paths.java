package io.argosy.apiserver.openapi;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes paths with their operations; what all operations of a path take stands once at the path. */
final class Paths {

    private Paths() {}

    static ObjectValue write(Map<String, List<Operation>> paths, Dialect dialect) {
        ObjectValue written = new ObjectValue();
        new TreeMap<>(paths).forEach((path, operations) -> written.put(path, item(operations, dialect)));
        return written;
    }

    private static ObjectValue item(List<Operation> operations, Dialect dialect) {
        List<Parameter> shared = operations.getFirst().parameters().stream()
                .filter(parameter -> operations.stream()
                        .allMatch(operation -> operation.parameters().contains(parameter)))
                .toList();
        TreeMap<String, ObjectValue> byMethod = new TreeMap<>();
        operations.forEach(operation -> byMethod.put(operation.method(), operation.write(dialect, shared)));
        ObjectValue item = new ObjectValue();
        byMethod.forEach(item::put);
        if (!shared.isEmpty()) {
            ArrayValue parameters = new ArrayValue();
            shared.forEach(parameter -> parameters.add(parameter.write(dialect)));
            item.put("parameters", parameters);
        }
        return item;
    }
}
