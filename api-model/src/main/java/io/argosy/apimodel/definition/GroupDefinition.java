package io.argosy.apimodel.definition;

import java.util.List;

/**
 * A built-in API group. Groups are listed by falling priority, then by name; so are the versions of a group.
 *
 * @param name empty for the legacy group
 * @param priority {@code groupPriorityMinimum} of the group's APIServices
 */
public record GroupDefinition(String name, int priority, List<Version> versions) {

    public GroupDefinition {
        versions = List.copyOf(versions);
    }

    /**
     * A version of a group.
     *
     * @param priority {@code versionPriority} of its APIService
     * @param servedByDefault false when {@code --runtime-config} must turn it on
     */
    public record Version(String name, int priority, boolean servedByDefault) {}
}
