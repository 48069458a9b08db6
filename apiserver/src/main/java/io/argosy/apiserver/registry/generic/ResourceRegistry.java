package io.argosy.apiserver.registry.generic;

import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionChain;
import io.argosy.apiserver.cache.ResourceCache;
import io.argosy.apiserver.registry.ResourceRules;
import io.argosy.apiserver.registry.Strategy;
import io.argosy.apiserver.request.DeleteOptions;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The writes of one resource, all in the stored version. Thread-safe.
 *
 * <p>A write compares on the revision of what the cache holds, and reads the store only after a conflict.
 */
public final class ResourceRegistry {

    private final RegistryScope scope;
    private final Creation creation;
    private final Updating updating;
    private final Removal removal;

    public ResourceRegistry(
            ResourceCache cache,
            ResourceRules rules,
            Supplier<AdmissionChain> admission,
            InstantSource clock,
            RandomGenerator random) {
        scope = new RegistryScope(cache, rules, admission, clock, cache.definition());
        creation = new Creation(scope, new NameGenerator(random));
        updating = new Updating(scope, creation);
        removal = new Removal(scope);
    }

    public ResourceCache cache() {
        return scope.cache();
    }

    public ResourceDefinition definition() {
        return scope.definition();
    }

    /** The strategy of the resource or of one of its subresources. */
    public Strategy strategy(String subresource) {
        return scope.strategy(subresource);
    }

    /** Stores a new object. Mutating admission has seen it; the tree is used up. */
    public Stored create(WriteCall call, ObjectValue object) {
        return creation.create(call, object);
    }

    /** Changes an object, or creates it where the strategy allows. */
    public Stored update(WriteCall call, Change change) {
        return updating.update(call, change);
    }

    /** Deletes an object, or begins to. */
    public DeleteOutcome delete(WriteCall call, DeleteOptions options) {
        return removal.delete(call, options);
    }
}
