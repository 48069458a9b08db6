package io.argosy.controllermanager.statefulset;

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
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.controllermanager.pod.Pods;
import io.argosy.controllermanager.revision.History;
import io.argosy.controllermanager.revision.Templates;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes one set a step further. */
final class StatefulSetReconciler implements Reconciler<ObjectKey> {

    private final ControllerContext context;
    private final Informer<StatefulSet> sets;
    private final Informer<Pod> pods;
    private final History<StatefulSet> history;
    private final StatefulActions actions;
    private final ClaimOwners claimOwners;

    StatefulSetReconciler(
            ControllerContext context,
            Informer<StatefulSet> sets,
            Informer<Pod> pods,
            Informer<PersistentVolumeClaim> claims,
            Informer<ControllerRevision> revisions) {
        this.context = context;
        this.sets = sets;
        this.pods = pods;
        this.history = new History<>(context, revisions, StatefulSet.class, "controller.kubernetes.io/hash");
        this.actions = new StatefulActions(context, claims);
        this.claimOwners = new ClaimOwners(context, claims);
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        Optional<StatefulSet> found = sets.get(key);
        if (found.isEmpty()) {
            return Outcome.DONE;
        }
        StatefulSet set = found.get();
        LabelSelector selector = Selectors.of(set.getSpec().getSelector());
        List<Pod> candidates = Pods.ownedOrFree(
                        pods, key.namespace(), set.getMetadata().getUid())
                .stream()
                .filter(pod -> Owners.isControlledBy(pod, set) || StatefulPods.ordinal(set, pod) >= 0)
                .toList();
        List<Pod> owned = Claimer.claim(
                context.client().resource(StatefulSet.class),
                context.client().resource(Pod.class),
                set,
                selector,
                candidates);
        Integer met = set.getStatus() == null ? null : set.getStatus().getCollisionCount();
        History.Known known = history.of(set, set.getSpec().getTemplate(), selector, met == null ? 0 : met);
        String update = known.current().getMetadata().getName();
        Optional<ControllerRevision> before = known.old().stream()
                .filter(revision -> set.getStatus() != null
                        && revision.getMetadata()
                                .getName()
                                .equals(set.getStatus().getCurrentRevision()))
                .findFirst();
        String current =
                before.map(revision -> revision.getMetadata().getName()).orElse(update);
        Instant now = context.clock().instant();
        List<StatefulAction> plan = StatefulPlan.of(set, owned, current, update, now);
        int deleted = 0;
        Optional<RuntimeException> failure = Optional.empty();
        try {
            retain(set, owned);
            for (StatefulAction action : plan) {
                actions.act(set, action, revision -> template(set, revision.equals(update), before));
                boolean fewer = action instanceof StatefulAction.Delete(Pod pod)
                        && !Owners.isDeleting(pod)
                        && StatefulPods.revision(pod).equals(current);
                deleted += fewer ? 1 : 0;
            }
        } catch (ApiException e) {
            failure = Optional.of(e);
        }
        writeStatus(set, StatefulStatuses.of(set, owned, current, update, known.collisions(), deleted, now));
        if (failure.isPresent()) {
            throw failure.get();
        }
        Set<String> live = new HashSet<>(List.of(current, update));
        owned.forEach(pod -> live.add(StatefulPods.revision(pod)));
        Integer limit = set.getSpec().getRevisionHistoryLimit();
        history.trim(known, limit == null ? 10 : limit, live);
        Integer minReady = set.getSpec().getMinReadySeconds();
        return minReady == null || minReady == 0
                ? Outcome.DONE
                : Pods.nextAvailable(owned, minReady, now).map(Outcome::later).orElse(Outcome.DONE);
    }

    private static PodTemplateSpec template(StatefulSet set, boolean newest, Optional<ControllerRevision> before) {
        return newest
                ? set.getSpec().getTemplate()
                : before.flatMap(Templates::of).orElse(set.getSpec().getTemplate());
    }

    private void retain(StatefulSet set, List<Pod> owned) {
        if (StatefulPods.templates(set).isEmpty() || Owners.isDeleting(set)) {
            return;
        }
        int start = set.getSpec().getOrdinals() == null
                        || set.getSpec().getOrdinals().getStart() == null
                ? 0
                : set.getSpec().getOrdinals().getStart();
        int end =
                start + (set.getSpec().getReplicas() == null ? 1 : set.getSpec().getReplicas());
        for (Pod pod : owned) {
            int ordinal = StatefulPods.ordinal(set, pod);
            if (ordinal >= 0) {
                claimOwners.bring(set, pod, ordinal < start || ordinal >= end);
            }
        }
    }

    private void writeStatus(StatefulSet set, StatefulSetStatus status) {
        if (status.equals(set.getStatus())) {
            return;
        }
        StatefulSet next = ObjectJson.copy(set);
        next.setStatus(status);
        context.client().resource(StatefulSet.class).updateStatus(next);
    }
}
