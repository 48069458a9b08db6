package io.argosy.apiserver.table;

import io.argosy.apimodel.definition.ColumnDefinition;
import io.argosy.apimodel.definition.VersionDefinition;
import io.argosy.apimodel.schema.Field;
import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.schema.Types;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.Optional;

/**
 * The definitions of columns; a description that is a path is that of the field, and a column without a name has
 * cells but no definition.
 */
final class TableHeaders {

    private static final String METADATA = ".metadata.";
    private static final String METADATA_TYPE = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

    private TableHeaders() {}

    static ArrayValue of(List<ColumnDefinition> columns, VersionDefinition version) {
        ArrayValue headers = new ArrayValue();
        for (ColumnDefinition column : columns) {
            if (column.name().isEmpty()) {
                continue;
            }
            headers.add(new ObjectValue()
                    .put("name", column.name())
                    .put("type", column.type())
                    .put("format", column.format())
                    .put("description", description(column, version))
                    .put("priority", column.priority()));
        }
        return headers;
    }

    private static String description(ColumnDefinition column, VersionDefinition version) {
        String described = column.description();
        if (!described.startsWith(".")) {
            return described;
        }
        ObjectSchema start = described.startsWith(METADATA)
                ? Types.byName(METADATA_TYPE)
                : version.schema().get();
        String path = described.startsWith(METADATA) ? described.substring(METADATA.length()) : described.substring(1);
        return find(start, path.split("\\.")).map(Field::description).orElse("");
    }

    private static Optional<Field> find(ObjectSchema start, String[] path) {
        Schema schema = start;
        Optional<Field> found = Optional.empty();
        for (String name : path) {
            if (schema instanceof ListSchema list) {
                schema = list.element();
            }
            found = schema instanceof ObjectSchema type ? type.field(name) : Optional.empty();
            if (found.isEmpty()) {
                return found;
            }
            schema = found.get().schema();
        }
        return found;
    }
}
