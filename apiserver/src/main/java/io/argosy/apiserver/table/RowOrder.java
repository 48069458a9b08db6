package io.argosy.apiserver.table;

import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.Comparator;
import java.util.List;

/** Rows stand as the list does, but for flow schemas, which stand in the order in which they are tried. */
final class RowOrder {

    private static final Comparator<ObjectValue> BY_PRECEDENCE = Comparator.comparingLong((ObjectValue schema) ->
                    schema.integer("spec", "matchingPrecedence").orElse(0L))
            .thenComparing(schema -> schema.string("metadata", "name").orElse(""));

    private RowOrder() {}

    static List<ObjectValue> sort(ResourceDefinition resource, List<ObjectValue> objects) {
        return resource.names().plural().equals("flowschemas") && resource.builtIn()
                ? objects.stream().sorted(BY_PRECEDENCE).toList()
                : objects;
    }
}
