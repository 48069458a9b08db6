package io.argosy.apimodel.definition;

import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One version of a resource.
 *
 * @param name {@code v1}
 * @param served whether requests for it are answered
 * @param schema of the objects; resolved on first use
 * @param verbs what the resource itself takes: create, delete, deletecollection, get, list, patch, update, watch
 * @param subresources by name
 * @param columns of {@code kubectl get}; of a built-in all of them, of a custom resource those after Name
 * @param selectableFields paths for field selectors beside metadata.name and metadata.namespace, without leading dot
 * @param deprecationWarning told to clients with each answer
 * @param declared the OpenAPI schema of a custom resource as its author wrote it; never to be changed
 */
public record VersionDefinition(
        String name,
        boolean served,
        Supplier<ObjectSchema> schema,
        Set<String> verbs,
        Map<String, SubresourceDefinition> subresources,
        List<ColumnDefinition> columns,
        List<String> selectableFields,
        Optional<String> deprecationWarning,
        Optional<ObjectValue> declared) {

    public VersionDefinition {
        verbs = Set.copyOf(verbs);
        subresources = Map.copyOf(subresources);
        columns = List.copyOf(columns);
        selectableFields = List.copyOf(selectableFields);
    }

    /** A version whose schema nobody declared in OpenAPI. */
    public VersionDefinition(
            String name,
            boolean served,
            Supplier<ObjectSchema> schema,
            Set<String> verbs,
            Map<String, SubresourceDefinition> subresources,
            List<ColumnDefinition> columns,
            List<String> selectableFields,
            Optional<String> deprecationWarning) {
        this(
                name,
                served,
                schema,
                verbs,
                subresources,
                columns,
                selectableFields,
                deprecationWarning,
                Optional.empty());
    }
}
