package io.argosy.apimodel.definition;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.meta.GroupVersionKind;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of a resource: built-in or custom, the same record.
 *
 * @param group the API group, empty for the legacy group
 * @param versions in the order of preference
 * @param storageVersion the version in which objects are stored; of {@link #versions} or, for a few built-ins, older
 * @param storagePath where objects lie under {@code /registry/}: {@code pods}, {@code services/specs},
 *     {@code example.com/widgets}; empty when nothing is stored (reviews, bindings)
 * @param builtIn false for custom resources: they are stored as JSON and not served as protobuf
 * @param storageForm in which group and encoding objects are stored
 * @param returnsDeleted a deletion answers with the object, not with a Status
 */
public record ResourceDefinition(
        String group,
        Names names,
        Scope scope,
        List<VersionDefinition> versions,
        String storageVersion,
        String storagePath,
        boolean builtIn,
        StorageForm storageForm,
        boolean returnsDeleted) {

    public ResourceDefinition {
        versions = List.copyOf(versions);
    }

    /** Stored in its own group: as protobuf when built in, as JSON otherwise. */
    public ResourceDefinition(
            String group,
            Names names,
            Scope scope,
            List<VersionDefinition> versions,
            String storageVersion,
            String storagePath,
            boolean builtIn) {
        this(
                group,
                names,
                scope,
                versions,
                storageVersion,
                storagePath,
                builtIn,
                new StorageForm(group, !builtIn),
                false);
    }

    /**
     * How objects lie in the store.
     *
     * @param group the group of the stored kind; only {@code events.k8s.io} is stored in another than its own
     * @param json stored as JSON, not as protobuf: custom resources, their definitions, and API services
     */
    public record StorageForm(String group, boolean json) {}

    /** What the resource is called. */
    public record Names(
            String plural,
            String singular,
            String kind,
            String listKind,
            List<String> shortNames,
            List<String> categories) {
        public Names {
            shortNames = List.copyOf(shortNames);
            categories = List.copyOf(categories);
        }
    }

    public GroupResource groupResource() {
        return new GroupResource(group, names.plural());
    }

    public boolean namespaced() {
        return scope == Scope.NAMESPACED;
    }

    /** Whether objects of the resource are kept. */
    public boolean stored() {
        return !storagePath.isEmpty();
    }

    /** What stored objects say they are. */
    public GroupVersionKind storageKind() {
        return new GroupVersionKind(storageForm.group(), storageVersion, names.kind());
    }

    public Optional<VersionDefinition> version(String name) {
        return versions.stream().filter(version -> version.name().equals(name)).findFirst();
    }
}
