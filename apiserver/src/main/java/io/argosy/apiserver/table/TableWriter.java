package io.argosy.apiserver.table;

import io.argosy.apimodel.definition.ColumnDefinition;
import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.definition.VersionDefinition;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Makes tables of objects. The clock tells ages. Thread-safe. */
public final class TableWriter {

    private static final ColumnDefinition NAME =
            new ColumnDefinition("Name", "string", "name", ".metadata.name", 0, ".metadata.name");
    private static final ColumnDefinition AGE =
            new ColumnDefinition("Age", "date", "", ".metadata.creationTimestamp", 0, ".metadata.creationTimestamp");

    private final InstantSource clock;

    public TableWriter(InstantSource clock) {
        this.clock = clock;
    }

    /** A table of one object; its resourceVersion is the object's. */
    public ObjectValue single(
            ResourceDefinition resource, VersionDefinition version, ObjectValue object, TableOptions options) {
        ObjectValue metadata = new ObjectValue();
        object.at("metadata", "resourceVersion").ifPresent(value -> metadata.put("resourceVersion", value));
        return table(resource, version, List.of(object), metadata, options);
    }

    /**
     * A table of many objects.
     *
     * @param metadata that of the list: resourceVersion, continue, remainingItemCount
     */
    public ObjectValue table(
            ResourceDefinition resource,
            VersionDefinition version,
            List<ObjectValue> objects,
            ObjectValue metadata,
            TableOptions options) {
        List<ColumnDefinition> columns = columns(resource, version);
        List<Cell> cells = columns.stream()
                .map(column -> resource.builtIn() ? CellExpression.parse(column) : CustomCell.parse(column))
                .toList();
        Instant now = clock.instant();
        ArrayValue rows = new ArrayValue();
        for (ObjectValue object : RowOrder.sort(resource, objects)) {
            rows.add(row(resource, version, object, cells, now, options));
        }
        return new ObjectValue()
                .put("kind", "Table")
                .put("apiVersion", "meta.k8s.io/v1")
                .put("metadata", metadata)
                .put("columnDefinitions", options.headers() ? TableHeaders.of(columns, version) : NullValue.NULL)
                .put("rows", rows);
    }

    private static List<ColumnDefinition> columns(ResourceDefinition resource, VersionDefinition version) {
        if (resource.builtIn()) {
            return version.columns();
        }
        List<ColumnDefinition> columns = new ArrayList<>();
        columns.add(NAME);
        columns.addAll(version.columns().isEmpty() ? List.of(AGE) : version.columns());
        return columns;
    }

    private static ObjectValue row(
            ResourceDefinition resource,
            VersionDefinition version,
            ObjectValue object,
            List<Cell> cells,
            Instant now,
            TableOptions options) {
        ArrayValue values = new ArrayValue();
        cells.forEach(cell -> values.add(cell.of(object, now)));
        ObjectValue row = new ObjectValue().put("cells", values);
        ArrayValue conditions = RowConditions.of(resource, object);
        if (!conditions.isEmpty()) {
            row.put("conditions", conditions);
        }
        return row.put("object", included(resource, version, object, options.includeObject()));
    }

    private static Value included(
            ResourceDefinition resource,
            VersionDefinition version,
            ObjectValue object,
            TableOptions.IncludeObject include) {
        return switch (include) {
            case NONE -> NullValue.NULL;
            case METADATA ->
                new ObjectValue()
                        .put("kind", "PartialObjectMetadata")
                        .put("apiVersion", "meta.k8s.io/v1")
                        .put("metadata", object.at("metadata").orElseGet(ObjectValue::new));
            case OBJECT -> {
                String apiVersion =
                        resource.group().isEmpty() ? version.name() : resource.group() + "/" + version.name();
                ObjectValue whole =
                        new ObjectValue().put("kind", resource.names().kind()).put("apiVersion", apiVersion);
                object.fields().forEach((name, value) -> {
                    if (!whole.has(name)) {
                        whole.put(name, value);
                    }
                });
                yield whole;
            }
        };
    }
}
