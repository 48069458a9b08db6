package io.argosy.controllermanager.ownership;

import io.argosy.apimodel.meta.LabelSelector;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which objects an owner has, which it should adopt because they match and nobody has them, and which it should release
 * because they match no more.
 */
public record Claim<T extends HasMetadata>(List<T> owned, List<T> adopt, List<T> release) {

    public Claim {
        owned = List.copyOf(owned);
        adopt = List.copyOf(adopt);
        release = List.copyOf(release);
    }

    /** Decides over the objects of the owner's namespace. */
    public static <T extends HasMetadata> Claim<T> of(HasMetadata owner, LabelSelector selector, List<T> candidates) {
        List<T> owned = new ArrayList<>();
        List<T> adopt = new ArrayList<>();
        List<T> release = new ArrayList<>();
        for (T candidate : candidates) {
            boolean matches = Selectors.matches(selector, candidate);
            boolean free = Owners.controllerOf(candidate).isEmpty();
            if (Owners.isControlledBy(candidate, owner)) {
                (matches || Owners.isDeleting(owner) ? owned : release).add(candidate);
            } else if (free && matches && !Owners.isDeleting(owner) && !Owners.isDeleting(candidate)) {
                adopt.add(candidate);
            }
        }
        return new Claim<>(owned, adopt, release);
    }

    /** The strategic merge patch by which an owner takes an object of a known identity. */
    public static Map<String, Object> adoption(HasMetadata owner, HasMetadata object) {
        return Map.of(
                "metadata",
                Map.of(
                        "uid", object.getMetadata().getUid(),
                        "ownerReferences", List.of(Owners.controller(owner))));
    }

    /** The strategic merge patch by which an owner lets an object of a known identity go. */
    public static Map<String, Object> releasing(HasMetadata owner, HasMetadata object) {
        return Map.of(
                "metadata",
                Map.of(
                        "uid",
                        object.getMetadata().getUid(),
                        "ownerReferences",
                        List.of(Map.of(
                                "$patch", "delete", "uid", owner.getMetadata().getUid()))));
    }
}
