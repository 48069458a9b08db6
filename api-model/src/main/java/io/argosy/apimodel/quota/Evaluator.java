package io.argosy.apimodel.quota;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.tree.ObjectValue;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Measures what the objects of one resource use. Functions of trees, without effects. */
public interface Evaluator {

    GroupResource resource();

    /** Those of the limited names that objects of this resource use. */
    Set<String> matching(Set<String> names);

    /** Whether a scope takes an object; scopes that mean nothing to a resource take none of its objects. */
    default boolean inScope(ScopeRule scope, ObjectValue object) {
        return false;
    }

    /** Whether scopes mean anything to this resource. */
    default boolean hasScopes() {
        return false;
    }

    /**
     * Why an object cannot be measured against the limits.
     *
     * @param limited of {@link #matching}
     */
    default Optional<String> missing(Set<String> limited, ObjectValue object) {
        return Optional.empty();
    }

    Amounts usage(ObjectValue object, Instant now);

    /**
     * Whether a write may use more.
     *
     * @param old what is stored, for updates
     */
    boolean charges(String subresource, Optional<ObjectValue> old, ObjectValue object);

    /** Whether a change, not being a deletion, may have freed something, or moved it from scope to scope. */
    default boolean frees(ObjectValue before, ObjectValue after, Instant now) {
        return false;
    }
}
