package io.argosy.controllermanager.replicationcontroller;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.informer.Informer;
import io.argosy.client.request.ObjectJson;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.Reconciler;
import io.argosy.controllermanager.ownership.Claimer;
import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.pod.Pods;
import io.argosy.controllermanager.replicaset.ReplicaPods;
import io.argosy.controllermanager.replicaset.ReplicaSetPlan;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.ReplicationControllerStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings one ReplicationController's pods to their number, and its status to what is there. */
final class ReplicationReconciler implements Reconciler<ObjectKey> {

    private final ControllerContext context;
    private final Informer<ReplicationController> sets;
    private final Informer<Pod> pods;
    private final ReplicaPods<ReplicationController> replicas;

    ReplicationReconciler(ControllerContext context, Informer<ReplicationController> sets, Informer<Pod> pods) {
        this.context = context;
        this.sets = sets;
        this.pods = pods;
        this.replicas = new ReplicaPods<>(context, ReplicationController.class);
    }

    static LabelSelector selector(ReplicationController set) {
        Map<String, String> labels = set.getSpec().getSelector();
        return labels == null || labels.isEmpty() ? LabelSelector.nothing() : LabelSelector.ofLabels(labels);
    }

    @Override
    public Outcome reconcile(ObjectKey key) throws InterruptedException {
        Optional<ReplicationController> found = sets.get(key);
        if (found.isEmpty()) {
            return Outcome.DONE;
        }
        ReplicationController set = found.get();
        List<Pod> candidates = Pods.ownedOrFree(
                        pods, key.namespace(), set.getMetadata().getUid())
                .stream()
                .filter(pod -> Owners.isControlledBy(pod, set) || Pods.isActive(pod))
                .toList();
        List<Pod> owned = Claimer.claim(
                context.client().resource(ReplicationController.class),
                context.client().resource(Pod.class),
                set,
                selector(set),
                candidates);
        Instant now = context.clock().instant();
        Optional<RuntimeException> failure = Optional.empty();
        String failed = "FailedCreate";
        if (!Owners.isDeleting(set)) {
            int wanted = set.getSpec().getReplicas() == null ? 1 : set.getSpec().getReplicas();
            ReplicaSetPlan plan = ReplicaSetPlan.of(wanted, owned, owned, now);
            failed = plan instanceof ReplicaSetPlan.Delete ? "FailedDelete" : failed;
            failure = replicas.act(set, set.getSpec().getTemplate(), plan);
        }
        String reason = failed;
        writeStatus(set, ReplicationStatuses.of(set, owned, failure.map(e -> Map.entry(reason, message(e))), now));
        if (failure.isPresent()) {
            throw failure.get();
        }
        Integer minReady = set.getSpec().getMinReadySeconds();
        return minReady == null || minReady == 0
                ? Outcome.DONE
                : Pods.nextAvailable(owned, minReady, now).map(Outcome::later).orElse(Outcome.DONE);
    }

    private static String message(RuntimeException e) {
        return e instanceof ApiException api ? api.message() : String.valueOf(e.getMessage());
    }

    private void writeStatus(ReplicationController set, ReplicationControllerStatus status) {
        if (!status.equals(set.getStatus())) {
            ReplicationController next = ObjectJson.copy(set);
            next.setStatus(status);
            context.client().resource(ReplicationController.class).updateStatus(next);
        }
    }
}
