package io.argosy.scheduler.plugin.volumebinding;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.storage.PodClaims;
import io.argosy.scheduler.storage.StorageView;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pod's claims by what has to be done with them.
 *
 * @param problem why the pod can go nowhere yet
 * @param waiting claims that are bound when their pod has a node
 */
record ClaimGroups(Optional<String> problem, List<PersistentVolumeClaim> bound, List<PersistentVolumeClaim> waiting) {

    ClaimGroups {
        bound = List.copyOf(bound);
        waiting = List.copyOf(waiting);
    }

    boolean isEmpty() {
        return problem.isEmpty() && bound.isEmpty() && waiting.isEmpty();
    }

    static ClaimGroups of(PodInfo pod, StorageView storage) {
        List<PersistentVolumeClaim> bound = new ArrayList<>();
        List<PersistentVolumeClaim> waiting = new ArrayList<>();
        boolean unbound = false;
        for (PodClaims.Ref ref : PodClaims.of(pod)) {
            Optional<PersistentVolumeClaim> found = storage.claim(new ObjectKey(pod.namespace(), ref.name()));
            Optional<String> problem = problem(pod, ref, found);
            if (problem.isPresent()) {
                return new ClaimGroups(problem, List.of(), List.of());
            }
            PersistentVolumeClaim claim = found.orElseThrow();
            if (PodClaims.isBound(claim)) {
                bound.add(claim);
            } else if (PodClaims.volumeName(claim).isEmpty() && waitsForPod(claim, storage)) {
                waiting.add(claim);
            } else {
                unbound = true;
            }
        }
        return unbound
                ? new ClaimGroups(Optional.of("pod has unbound immediate PersistentVolumeClaims"), List.of(), List.of())
                : new ClaimGroups(Optional.empty(), bound, waiting);
    }

    private static Optional<String> problem(PodInfo pod, PodClaims.Ref ref, Optional<PersistentVolumeClaim> found) {
        if (found.isEmpty()) {
            return Optional.of(
                    ref.ephemeral()
                            ? "waiting for ephemeral volume controller to create the persistentvolumeclaim \""
                                    + ref.name() + "\""
                            : "persistentvolumeclaim \"" + ref.name() + "\" not found");
        }
        PersistentVolumeClaim claim = found.get();
        if (claim.getStatus() != null && "Lost".equals(claim.getStatus().getPhase())) {
            return Optional.of("persistentvolumeclaim \"" + ref.name() + "\" bound to non-existent persistentvolume \""
                    + PodClaims.volumeName(claim) + "\"");
        }
        if (claim.getMetadata().getDeletionTimestamp() != null) {
            return Optional.of("persistentvolumeclaim \"" + ref.name() + "\" is being deleted");
        }
        boolean ours = !ref.ephemeral()
                || claim.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> pod.uid().equals(owner.getUid()));
        return ours
                ? Optional.empty()
                : Optional.of("PVC " + claim.getMetadata().getNamespace() + "/" + ref.name()
                        + " was not created for pod " + pod.key() + " (pod is not owner)");
    }

    private static boolean waitsForPod(PersistentVolumeClaim claim, StorageView storage) {
        return storage.storageClass(PodClaims.className(claim))
                .map(found -> "WaitForFirstConsumer".equals(found.getVolumeBindingMode()))
                .orElse(false);
    }
}
