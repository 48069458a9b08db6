package io.argosy.apiserver.discovery;

import io.argosy.apimodel.definition.BuiltIns;
import io.argosy.apimodel.definition.Definitions;
import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The discovery documents of one set of definitions. Made whole when the set changes, then only read, by all threads.
 */
public final class DiscoveryDocuments {

    private final DiscoveryDocument groups;
    private final Map<String, DiscoveryDocument> groupsByName = new HashMap<>();
    private final Map<GroupVersion, DiscoveryDocument> resources = new HashMap<>();
    private final Map<AggregatedForm, DiscoveryDocument> aggregated = new HashMap<>();
    private final List<String> legacyVersions;

    private record AggregatedForm(boolean legacy, String version) {}

    private DiscoveryDocuments(List<ServedGroup> all) {
        List<ServedGroup> named =
                all.stream().filter(group -> !group.name().isEmpty()).toList();
        List<ServedGroup> legacy =
                all.stream().filter(group -> group.name().isEmpty()).toList();
        this.legacyVersions = legacy.stream()
                .flatMap(group -> group.versions().stream())
                .map(ServedGroup.ServedVersion::name)
                .toList();
        this.groups = DiscoveryDocument.of(GroupLists.list(named));
        for (ServedGroup group : all) {
            groupsByName.put(group.name(), DiscoveryDocument.of(GroupLists.single(group)));
            for (ServedGroup.ServedVersion version : group.versions()) {
                if (version.remote().isEmpty()) {
                    resources.put(
                            new GroupVersion(group.name(), version.name()),
                            DiscoveryDocument.of(ResourceLists.list(version)));
                }
            }
        }
        for (String version : List.of("v2", "v2beta1")) {
            aggregated.put(
                    new AggregatedForm(true, version), DiscoveryDocument.of(AggregatedLists.list(legacy, version)));
            aggregated.put(
                    new AggregatedForm(false, version), DiscoveryDocument.of(AggregatedLists.list(named, version)));
        }
    }

    /** What is served of {@code definitions}. */
    public static DiscoveryDocuments of(Definitions definitions) {
        return of(definitions, List.of());
    }

    /** What is served of {@code definitions}, and what other servers answer. */
    public static DiscoveryDocuments of(Definitions definitions, List<RemoteVersion> remote) {
        return new DiscoveryDocuments(ServedGroup.of(definitions, BuiltIns.groups(), remote));
    }

    /**
     * {@code /api}.
     *
     * @param serverAddress host and port at which the server says it is found
     */
    public DiscoveryDocument legacyVersions(String serverAddress) {
        ObjectValue address = new ObjectValue().put("clientCIDR", "0.0.0.0/0").put("serverAddress", serverAddress);
        return DiscoveryDocument.of(new ObjectValue()
                .put("kind", "APIVersions")
                .put("versions", ArrayValue.ofStrings(legacyVersions))
                .put("serverAddressByClientCIDRs", ArrayValue.of(address)));
    }

    /** {@code /apis}. */
    public DiscoveryDocument groups() {
        return groups;
    }

    /** {@code /apis/<group>}; empty when nothing of it is served. */
    public Optional<DiscoveryDocument> group(String name) {
        return name.isEmpty() ? Optional.empty() : Optional.ofNullable(groupsByName.get(name));
    }

    /** {@code /api/v1} and {@code /apis/<group>/<version>}. */
    public Optional<DiscoveryDocument> resources(GroupVersion version) {
        return Optional.ofNullable(resources.get(version));
    }

    /**
     * {@code /api} or {@code /apis} in the form that tells all groups, versions and resources at once.
     *
     * @param legacy {@code /api}
     * @param version of the group {@code apidiscovery.k8s.io}: {@code v2} or {@code v2beta1}
     */
    public Optional<DiscoveryDocument> aggregated(boolean legacy, String version) {
        return Optional.ofNullable(aggregated.get(new AggregatedForm(legacy, version)));
    }
}
