package io.argosy.controllermanager.replicaset;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.informer.Informer;
import io.argosy.client.request.ObjectJson;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.Reconciler;
import io.argosy.controllermanager.ownership.Claimer;
import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings one ReplicaSet's pods to their number, and its status to what is there. */
final class ReplicaSetReconciler implements Reconciler<ObjectKey> {

    private final ControllerContext context;
    private final Informer<ReplicaSet> sets;
    private final Informer<Pod> pods;
    private final ReplicaPods<ReplicaSet> replicas;

    ReplicaSetReconciler(ControllerContext context, Informer<ReplicaSet> sets, Informer<Pod> pods) {
        this.context = context;
        this.sets = sets;
        this.pods = pods;
        this.replicas = new ReplicaPods<>(context, ReplicaSet.class);
    }

    @Override
    public Outcome reconcile(ObjectKey key) throws InterruptedException {
        Optional<ReplicaSet> found = sets.get(key);
        if (found.isEmpty()) {
            return Outcome.DONE;
        }
        ReplicaSet set = found.get();
        List<Pod> candidates = Pods.ownedOrFree(
                        pods, key.namespace(), set.getMetadata().getUid())
                .stream()
                .filter(pod -> Owners.isControlledBy(pod, set) || Pods.isActive(pod))
                .toList();
        List<Pod> owned = Claimer.claim(
                context.client().resource(ReplicaSet.class),
                context.client().resource(Pod.class),
                set,
                Selectors.of(set.getSpec().getSelector()),
                candidates);
        Instant now = context.clock().instant();
        Optional<RuntimeException> failure = Optional.empty();
        String failed = "FailedCreate";
        if (!Owners.isDeleting(set)) {
            ReplicaSetPlan plan = ReplicaSetPlan.of(wanted(set), owned, related(set), now);
            failed = plan instanceof ReplicaSetPlan.Delete ? "FailedDelete" : failed;
            failure = replicas.act(set, set.getSpec().getTemplate(), plan);
        }
        String reason = failed;
        writeStatus(set, ReplicaSetStatuses.of(set, owned, failure.map(e -> Map.entry(reason, message(e))), now));
        if (failure.isPresent()) {
            throw failure.get();
        }
        int minReady =
                set.getSpec().getMinReadySeconds() == null ? 0 : set.getSpec().getMinReadySeconds();
        Optional<Duration> next =
                Pods.nextAvailable(owned.stream().filter(Pods::isActive).toList(), minReady, now);
        return minReady > 0 && next.isPresent() ? Outcome.later(next.get()) : Outcome.DONE;
    }

    private static String message(RuntimeException e) {
        return e instanceof ApiException api ? api.message() : String.valueOf(e.getMessage());
    }

    private static int wanted(ReplicaSet set) {
        return set.getSpec().getReplicas() == null ? 1 : set.getSpec().getReplicas();
    }

    /** The pods of all sets that the same Deployment controls. */
    private List<Pod> related(ReplicaSet set) {
        String owner = Owners.controllerUid(set);
        List<Pod> related = new ArrayList<>();
        for (ReplicaSet sibling : sets.list(set.getMetadata().getNamespace())) {
            boolean same =
                    sibling.getMetadata().getUid().equals(set.getMetadata().getUid());
            if (same || (!owner.isEmpty() && Owners.controllerUid(sibling).equals(owner))) {
                related.addAll(pods.byIndex(Pods.BY_OWNER, sibling.getMetadata().getUid()));
            }
        }
        return related;
    }

    private void writeStatus(ReplicaSet set, ReplicaSetStatus status) {
        if (status.equals(set.getStatus())) {
            return;
        }
        ReplicaSet next = ObjectJson.copy(set);
        next.setStatus(status);
        context.client().resource(ReplicaSet.class).updateStatus(next);
    }
}
