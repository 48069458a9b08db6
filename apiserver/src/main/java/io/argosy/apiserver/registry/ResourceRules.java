package io.argosy.apiserver.registry;

import io.argosy.apimodel.meta.GroupResource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Java side of resources: strategies, hooks and creators by resource and subresource. Those of custom
 * resources come and go; the others are put in at start. Safe for all threads.
 */
public final class ResourceRules {

    private record Place(GroupResource resource, String subresource) {}

    private final Map<Place, Strategy> strategies = new ConcurrentHashMap<>();
    private final Map<Place, Creator> creators = new ConcurrentHashMap<>();
    private final Map<GroupResource, WriteHook> hooks = new ConcurrentHashMap<>();

    /** @param subresource empty for the resource itself */
    public ResourceRules strategy(String group, String resource, String subresource, Strategy strategy) {
        strategies.put(new Place(new GroupResource(group, resource), subresource), strategy);
        return this;
    }

    public ResourceRules creator(String group, String resource, String subresource, Creator creator) {
        creators.put(new Place(new GroupResource(group, resource), subresource), creator);
        return this;
    }

    public ResourceRules hook(String group, String resource, WriteHook hook) {
        hooks.put(new GroupResource(group, resource), hook);
        return this;
    }

    /** Forgets what is known of a custom resource. */
    public void remove(GroupResource resource) {
        strategies.keySet().removeIf(place -> place.resource().equals(resource));
    }

    public Optional<Strategy> strategy(GroupResource resource, String subresource) {
        return Optional.ofNullable(strategies.get(new Place(resource, subresource)));
    }

    public Optional<Creator> creator(GroupResource resource, String subresource) {
        return Optional.ofNullable(creators.get(new Place(resource, subresource)));
    }

    public Optional<WriteHook> hook(GroupResource resource) {
        return Optional.ofNullable(hooks.get(resource));
    }
}
