package io.argosy.controllermanager.daemonset;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.informer.Informer;
import io.argosy.client.request.ObjectJson;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Fanout;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.Reconciler;
import io.argosy.controllermanager.ownership.Claimer;
import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.controllermanager.pod.PodDeletion;
import io.argosy.controllermanager.pod.Pods;
import io.argosy.controllermanager.revision.History;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Collectors;

/** Brings the pods of one set to the nodes that take them, and to its template. */
final class DaemonSetReconciler implements Reconciler<ObjectKey> {

    private final ControllerContext context;
    private final Informer<DaemonSet> sets;
    private final Informer<Pod> pods;
    private final Informer<Node> nodes;
    private final History<DaemonSet> history;
    private final FailedPods failures = new FailedPods();

    DaemonSetReconciler(
            ControllerContext context,
            Informer<DaemonSet> sets,
            Informer<Pod> pods,
            Informer<Node> nodes,
            Informer<ControllerRevision> revisions) {
        this.context = context;
        this.sets = sets;
        this.pods = pods;
        this.nodes = nodes;
        this.history = new History<>(context, revisions, DaemonSet.class, DaemonPods.HASH);
    }

    @Override
    public Outcome reconcile(ObjectKey key) throws InterruptedException {
        Optional<DaemonSet> found = sets.get(key);
        if (found.isEmpty() || Owners.isDeleting(found.get())) {
            return Outcome.DONE;
        }
        DaemonSet set = found.get();
        LabelSelector selector = Selectors.of(set.getSpec().getSelector());
        if (selector.isEverything()) {
            context.events()
                    .warning(
                            set,
                            "SelectingAll",
                            "This daemon set is selecting all pods. A non-empty selector is required.");
            return Outcome.DONE;
        }
        Integer met = set.getStatus() == null ? null : set.getStatus().getCollisionCount();
        History.Known known = history.of(set, set.getSpec().getTemplate(), selector, met == null ? 0 : met);
        String hash = Selectors.labels(known.current()).getOrDefault(DaemonPods.HASH, "");
        List<Pod> owned = owned(set, selector);
        Instant now = context.clock().instant();
        DaemonView view = new DaemonView(set, nodes.list(), owned, hash, now);
        Optional<RuntimeException> failure = Optional.empty();
        Optional<Duration> wait;
        try {
            wait = act(set, view);
        } catch (ApiException e) {
            wait = Optional.empty();
            failure = Optional.of(e);
        }
        writeStatus(set, DaemonStatuses.of(view, known.collisions()));
        if (failure.isPresent()) {
            throw failure.get();
        }
        Integer limit = set.getSpec().getRevisionHistoryLimit();
        Set<String> live = owned.stream()
                .map(pod -> Selectors.labels(pod).getOrDefault(DaemonPods.HASH, ""))
                .collect(Collectors.toSet());
        history.trim(known, limit == null ? 10 : limit, live);
        Optional<Duration> next =
                view.minReady() > 0 ? Pods.nextAvailable(owned, view.minReady(), now) : Optional.empty();
        return next.map(Outcome::later).orElse(wait.map(Outcome::later).orElse(Outcome.DONE));
    }

    private List<Pod> owned(DaemonSet set, LabelSelector selector) {
        return Claimer.claim(
                context.client().resource(DaemonSet.class),
                context.client().resource(Pod.class),
                set,
                selector,
                Pods.ownedOrFree(
                        pods,
                        set.getMetadata().getNamespace(),
                        set.getMetadata().getUid()));
    }

    /** Returns after which time a failed pod may be replaced, when one has to wait. */
    private Optional<Duration> act(DaemonSet set, DaemonView view) throws InterruptedException {
        DaemonPlan plan = DaemonPlan.of(view);
        List<Pod> doomed = new ArrayList<>(plan.delete());
        Optional<Duration> wait = Optional.empty();
        for (Pod pod : plan.failed()) {
            Duration left = failures.wait(set.getMetadata().getUid(), DaemonPods.node(pod), view.now);
            if (left.isPositive()) {
                doomed.remove(pod);
                wait = Optional.of(left);
            } else {
                context.events().warning(set, "FailedDaemonPod", told("failed", pod) + "kill it");
            }
        }
        plan.succeeded()
                .forEach(pod ->
                        context.events().normal(set, "SucceededDaemonPod", told("succeeded", pod) + "delete it"));
        carryOut(set, plan.create(), doomed, view.hash);
        if (plan.isEmpty() && view.isRolling()) {
            DaemonPlan step = DaemonRollout.next(view);
            carryOut(set, step.create(), step.delete(), view.hash);
        }
        return wait;
    }

    private static String told(String how, Pod pod) {
        return "Found " + how + " daemon pod " + ResourceType.keyOf(pod) + " on node " + DaemonPods.node(pod)
                + ", will try to ";
    }

    private void carryOut(DaemonSet set, List<String> create, List<Pod> delete, String hash)
            throws InterruptedException {
        Deque<String> left = new ConcurrentLinkedDeque<>(create);
        Fanout.slowStart(create.size(), () -> {
            String node = left.poll();
            if (node != null) {
                create(set, node, hash);
            }
        });
        if (!delete.isEmpty()) {
            Fanout.all(delete.stream()
                    .map(pod -> (Runnable) () -> PodDeletion.delete(context, set, pod, 404, 409))
                    .toList());
        }
    }

    private void create(DaemonSet set, String node, String hash) {
        try {
            Pod made = context.client().resource(Pod.class).create(DaemonPods.of(set, node, hash));
            context.events()
                    .normal(
                            set,
                            "SuccessfulCreate",
                            "Created pod: " + made.getMetadata().getName());
        } catch (ApiException e) {
            context.events().warning(set, "FailedCreate", "Error creating: " + e.message());
            throw e;
        }
    }

    private void writeStatus(DaemonSet set, DaemonSetStatus status) {
        if (status.equals(set.getStatus())) {
            return;
        }
        DaemonSet next = ObjectJson.copy(set);
        next.setStatus(status);
        context.client().resource(DaemonSet.class).updateStatus(next);
    }
}
