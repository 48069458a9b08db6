package io.argosy.controllermanager.statefulset;

import io.argosy.client.informer.Informer;
import io.argosy.client.request.ObjectJson;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.ControllerContext;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whose end is the end of a claim, as the set's retention policy says. */
final class ClaimOwners {

    private final ControllerContext context;
    private final Informer<PersistentVolumeClaim> claims;

    ClaimOwners(ControllerContext context, Informer<PersistentVolumeClaim> claims) {
        this.context = context;
        this.claims = claims;
    }

    /** The owners that a claim should have: those of others, and the set or the pod. Pure. */
    static List<OwnerReference> wanted(StatefulSet set, Pod pod, boolean condemned, List<OwnerReference> before) {
        List<OwnerReference> owners = new ArrayList<>(before);
        owners.removeIf(owner -> owner.getUid().equals(set.getMetadata().getUid())
                || owner.getUid().equals(pod.getMetadata().getUid()));
        var policy = set.getSpec().getPersistentVolumeClaimRetentionPolicy();
        if (policy == null) {
            return owners;
        }
        if (condemned && "Delete".equals(policy.getWhenScaled())) {
            owners.add(reference(pod, "v1", "Pod"));
        } else if ("Delete".equals(policy.getWhenDeleted())) {
            owners.add(reference(set, "apps/v1", "StatefulSet"));
        }
        return owners;
    }

    private static OwnerReference reference(HasMetadata owner, String version, String kind) {
        OwnerReference reference = new OwnerReference();
        reference.setApiVersion(version);
        reference.setKind(kind);
        reference.setName(owner.getMetadata().getName());
        reference.setUid(owner.getMetadata().getUid());
        return reference;
    }

    void bring(StatefulSet set, Pod pod, boolean condemned) {
        for (PersistentVolumeClaim named : StatefulPods.claims(set, StatefulPods.ordinal(set, pod))) {
            Optional<PersistentVolumeClaim> claim = claims.get(ResourceType.keyOf(named));
            if (claim.isEmpty()) {
                continue;
            }
            List<OwnerReference> before = claim.get().getMetadata().getOwnerReferences() == null
                    ? List.of()
                    : claim.get().getMetadata().getOwnerReferences();
            List<OwnerReference> after = wanted(set, pod, condemned, before);
            if (!uids(after).equals(uids(before))) {
                PersistentVolumeClaim next = ObjectJson.copy(claim.get());
                next.getMetadata().setOwnerReferences(after);
                context.client().resource(PersistentVolumeClaim.class).update(next);
            }
        }
    }

    private static List<String> uids(List<OwnerReference> owners) {
        return owners.stream().map(OwnerReference::getUid).sorted().toList();
    }
}
