package io.argosy.controllermanager.ownership;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.request.Patch;
import io.argosy.client.request.ResourceClient;
import io.argosy.client.request.ResourceType;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adopts and releases. */
public final class Claimer {

    private Claimer() {}

    /**
     * Acts on the claim and returns what the owner has afterwards. Before the first adoption the owner is read anew: an
     * owner that was deleted, or made anew under its name, adopts nothing.
     */
    public static <O extends HasMetadata, T extends HasMetadata> List<T> claim(
            ResourceClient<O> owners, ResourceClient<T> objects, O owner, LabelSelector selector, List<T> candidates) {
        Claim<T> claim = Claim.of(owner, selector, candidates);
        List<T> owned = new ArrayList<>(claim.owned());
        if (!claim.adopt().isEmpty() && LiveOwner.isAlive(owners, owner)) {
            for (T object : claim.adopt()) {
                patch(objects, object, Patch.strategic(Claim.adoption(owner, object)))
                        .ifPresent(owned::add);
            }
        }
        for (T object : claim.release()) {
            patch(objects, object, Patch.strategic(Claim.releasing(owner, object)));
        }
        return owned;
    }

    /** An object that is gone, or is another by now, needs no claim. */
    private static <T extends HasMetadata> Optional<T> patch(ResourceClient<T> objects, T object, Patch patch) {
        try {
            return Optional.of(objects.patch(ResourceType.keyOf(object), patch));
        } catch (ApiException e) {
            if (e.is(404) || e.is(409) || e.is(422)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
