package io.argosy.apiserver.discovery;

import io.argosy.apimodel.definition.Definitions;
import io.argosy.apimodel.definition.GroupDefinition;
import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.definition.VersionDefinition;
import io.argosy.apimodel.meta.GroupVersion;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A group with the versions that are served, the preferred one first, and their resources by name.
 *
 * @param priority groups with a higher one are listed earlier; custom ones have {@value #CUSTOM_PRIORITY}
 */
record ServedGroup(String name, int priority, List<ServedVersion> versions) {

    private static final int CUSTOM_PRIORITY = 1000;
    private static final int CUSTOM_VERSION_PRIORITY = 100;

    /** @param remote when another server answers */
    record ServedVersion(String group, String name, List<Served> resources, Optional<RemoteVersion> remote) {

        String groupVersion() {
            return group.isEmpty() ? name : group + "/" + name;
        }
    }

    /** A resource in one of its versions. */
    record Served(ResourceDefinition resource, VersionDefinition version) {}

    ServedVersion preferred() {
        return versions.getFirst();
    }

    /** By falling priority, then by name. */
    static List<ServedGroup> of(
            Definitions definitions, Collection<GroupDefinition> builtIn, List<RemoteVersion> remotes) {
        Map<String, GroupDefinition> known = new HashMap<>();
        builtIn.forEach(group -> known.put(group.name(), group));
        Map<GroupVersion, RemoteVersion> remote = new HashMap<>();
        remotes.forEach(version -> remote.put(version.version(), version));
        Map<String, Map<String, TreeMap<String, Served>>> found = new TreeMap<>();
        for (ResourceDefinition resource : definitions.all()) {
            for (VersionDefinition version : resource.versions()) {
                if (version.served()) {
                    found.computeIfAbsent(resource.group(), _ -> new HashMap<>())
                            .computeIfAbsent(version.name(), _ -> new TreeMap<>())
                            .put(resource.names().plural(), new Served(resource, version));
                }
            }
        }
        remotes.forEach(version -> found.computeIfAbsent(version.version().group(), _ -> new HashMap<>())
                .computeIfAbsent(version.version().version(), _ -> new TreeMap<>()));
        return found.entrySet().stream()
                .map(group -> of(group.getKey(), group.getValue(), known, remote))
                .sorted(Comparator.comparingInt((ServedGroup group) -> -group.priority())
                        .thenComparing(ServedGroup::name))
                .toList();
    }

    private static ServedGroup of(
            String name,
            Map<String, TreeMap<String, Served>> found,
            Map<String, GroupDefinition> known,
            Map<GroupVersion, RemoteVersion> remote) {
        GroupDefinition group = known.getOrDefault(name, new GroupDefinition(name, CUSTOM_PRIORITY, List.of()));
        Map<String, Integer> priorities = new HashMap<>();
        group.versions().forEach(version -> priorities.put(version.name(), version.priority()));
        int highest = group.priority();
        boolean onlyRemote = true;
        for (String version : found.keySet()) {
            RemoteVersion other = remote.get(new GroupVersion(name, version));
            if (other == null) {
                onlyRemote = false;
            } else {
                priorities.put(version, other.versionPriority());
                highest = Math.max(highest, other.groupPriority());
            }
        }
        int priority = onlyRemote && !known.containsKey(name) ? remotePriority(name, remote) : highest;
        List<ServedVersion> versions = found.entrySet().stream()
                .map(version -> new ServedVersion(
                        name,
                        version.getKey(),
                        List.copyOf(version.getValue().values()),
                        Optional.ofNullable(remote.get(new GroupVersion(name, version.getKey())))))
                .sorted(Comparator.comparingInt((ServedVersion version) ->
                                -priorities.getOrDefault(version.name(), CUSTOM_VERSION_PRIORITY))
                        .thenComparing(ServedVersion::name, VersionOrder.PREFERRED_FIRST))
                .toList();
        return new ServedGroup(name, priority, versions);
    }

    private static int remotePriority(String name, Map<GroupVersion, RemoteVersion> remote) {
        return remote.values().stream()
                .filter(version -> version.version().group().equals(name))
                .mapToInt(RemoteVersion::groupPriority)
                .max()
                .orElse(CUSTOM_PRIORITY);
    }
}
