package io.argosy.controllermanager.ownership;

import io.argosy.client.request.ResourceClient;
import io.argosy.client.request.ResourceType;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/**
 * Asks the server, not a cache, about an owner. The caches of owners and dependents are fed by watches of their own: one
 * can show a dependent that is gone while the other does not yet show that its owner is being deleted.
 */
public final class LiveOwner {

    private LiveOwner() {}

    /** Whether this very owner exists and is not being deleted. */
    public static <O extends HasMetadata> boolean isAlive(ResourceClient<O> owners, O owner) {
        Optional<O> fresh = owners.find(ResourceType.keyOf(owner));
        return fresh.isPresent()
                && fresh.get().getMetadata().getUid().equals(owner.getMetadata().getUid())
                && !Owners.isDeleting(fresh.get());
    }
}
