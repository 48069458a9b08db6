package io.argosy.apiserver.openapi;

import io.argosy.apimodel.definition.Definitions;
import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.definition.VersionDefinition;
import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.schema.Types;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The schemas that a document needs: those named in its operations, and all that these refer to. */
final class Components {

    private static final List<String> OF_EVERY_VERSION = List.of("DeleteOptions", "WatchEvent");
    private static final List<String> OF_THE_LEGACY_VERSION =
            List.of("APIGroup", "APIGroupList", "APIResourceList", "APIVersions", "Status");

    private final Map<String, List<GroupVersionKind>> kinds = new HashMap<>();
    private final Map<String, Custom> custom = new HashMap<>();

    private record Custom(ResourceDefinition resource, VersionDefinition version, boolean list) {}

    Components(Definitions definitions) {
        for (ResourceDefinition resource : definitions.all()) {
            for (VersionDefinition version : resource.versions()) {
                if (version.served()) {
                    add(resource, version);
                }
            }
        }
        addKind("io.k8s.api.autoscaling.v1.Scale", new GroupVersionKind("autoscaling", "v1", "Scale"));
        addKind("io.k8s.api.policy.v1.Eviction", new GroupVersionKind("policy", "v1", "Eviction"));
        addKind(
                "io.k8s.api.authentication.v1.TokenRequest",
                new GroupVersionKind("authentication.k8s.io", "v1", "TokenRequest"));
        OF_THE_LEGACY_VERSION.forEach(kind -> addKind(Kinds.META + kind, new GroupVersionKind("", "v1", kind)));
    }

    private void add(ResourceDefinition resource, VersionDefinition version) {
        GroupVersion of = new GroupVersion(resource.group(), version.name());
        String type = Kinds.typeName(resource, version);
        String list = Kinds.listName(resource, version);
        addKind(type, of.kind(resource.names().kind()));
        addKind(list, of.kind(resource.names().listKind()));
        if (!resource.builtIn()) {
            custom.put(type, new Custom(resource, version, false));
            custom.put(list, new Custom(resource, version, true));
        }
    }

    private void addKind(String type, GroupVersionKind kind) {
        kinds.computeIfAbsent(type, _ -> new ArrayList<>()).add(kind);
    }

    /**
     * The schemas by name.
     *
     * @param versions those that the document is about
     */
    ObjectValue write(Collection<String> named, Collection<GroupVersion> versions, Dialect dialect) {
        ArrayDeque<String> open = new ArrayDeque<>(named);
        TreeMap<String, ObjectValue> written = new TreeMap<>();
        while (!open.isEmpty()) {
            String name = open.remove();
            if (!written.containsKey(name)) {
                schema(name, dialect, open).ifPresent(schema -> {
                    putKinds(schema, name, versions);
                    written.put(name, schema);
                });
            }
        }
        return new ObjectValue(written);
    }

    private Optional<ObjectValue> schema(String name, Dialect dialect, ArrayDeque<String> open) {
        Custom own = custom.get(name);
        if (own != null) {
            CustomSchemaWriter writer = new CustomSchemaWriter(dialect, open::add);
            ObjectValue schema = own.list()
                    ? writer.list(Kinds.typeName(own.resource(), own.version()), own.resource())
                    : writer.root(own.version().declared());
            putSelectable(schema, own.version().selectableFields());
            return Optional.of(schema);
        }
        return Types.find(name)
                .map(type -> new SchemaWriter(dialect, open::add).type(type))
                .or(() -> SharedTypes.schema(name, dialect));
    }

    private static void putSelectable(ObjectValue schema, List<String> fields) {
        if (!fields.isEmpty()) {
            ArrayValue written = new ArrayValue();
            fields.forEach(field -> written.add(new ObjectValue().put("fieldPath", field)));
            schema.put("x-kubernetes-selectable-fields", written);
        }
    }

    private void putKinds(ObjectValue schema, String name, Collection<GroupVersion> versions) {
        ArrayValue written = new ArrayValue();
        kinds.getOrDefault(name, List.of()).forEach(kind -> written.add(Kinds.write(kind)));
        for (String kind : OF_EVERY_VERSION) {
            if (name.equals(Kinds.META + kind)) {
                written.add(Kinds.write(new GroupVersionKind("", "v1", kind)));
                versions.stream()
                        .filter(version -> !version.group().isEmpty())
                        .forEach(version -> written.add(Kinds.write(version.kind(kind))));
            }
        }
        if (!written.isEmpty()) {
            schema.put("x-kubernetes-group-version-kind", written);
        }
    }
}
