package io.argosy.controllermanager.node;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.request.DeleteOptions;
import io.argosy.client.request.Patch;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.pod.Pods;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deletes pods that do not tolerate their node's NoExecute taints, at once or when their toleration ends. */
public final class TaintEvictionController implements Controller {

    private static final String BY_NODE = "node";

    private final ControllerContext context;
    private final Informer<Node> nodes;
    private final Informer<Pod> pods;
    private final ReconcileLoop<ObjectKey> loop;

    public TaintEvictionController(ControllerContext context) {
        this.context = context;
        nodes = context.informers().informer(Node.class);
        pods = context.informers().informer(Pod.class);
        pods.addIndex(BY_NODE, pod -> List.of(Pods.node(pod)));
        loop = context.loop("noexec_taint_pod", 8, this::reconcile);
        pods.addHandler(ResourceHandler.any(pod -> {
            if (!Pods.node(pod).isEmpty()) {
                loop.add(ResourceType.keyOf(pod));
            }
        }));
        nodes.addHandler(new ResourceHandler<>() {
            @Override
            public void added(Node node, boolean initial) {
                wake(node);
            }

            @Override
            public void updated(Node before, Node after) {
                if (!executing(before).equals(executing(after))) {
                    wake(after);
                }
            }

            @Override
            public void deleted(Node last) {}
        });
    }

    private void wake(Node node) {
        pods.byIndex(BY_NODE, node.getMetadata().getName()).forEach(pod -> loop.add(ResourceType.keyOf(pod)));
    }

    private static List<Taint> executing(Node node) {
        return Taints.of(node).stream()
                .filter(taint -> "NoExecute".equals(taint.getEffect()))
                .toList();
    }

    private Outcome reconcile(ObjectKey key) {
        Optional<Pod> pod = pods.get(key);
        if (pod.isEmpty() || Owners.isDeleting(pod.get())) {
            return Outcome.DONE;
        }
        Optional<Node> node = nodes.get(new ObjectKey("", Pods.node(pod.get())));
        if (node.isEmpty()) {
            return Outcome.DONE;
        }
        Instant now = context.clock().instant();
        Optional<Instant> end = endOfStay(executing(node.get()), pod.get(), now);
        if (end.isEmpty()) {
            return Outcome.DONE;
        }
        Duration left = Duration.between(now, end.get());
        if (left.isPositive()) {
            return Outcome.later(left);
        }
        evict(pod.get());
        return Outcome.DONE;
    }

    /** Until when the pod may stay; empty for as long as it likes. */
    static Optional<Instant> endOfStay(List<Taint> taints, Pod pod, Instant now) {
        List<Toleration> tolerations = pod.getSpec().getTolerations() == null
                ? List.of()
                : pod.getSpec().getTolerations();
        Optional<Instant> end = Optional.empty();
        for (Taint taint : taints) {
            List<Toleration> fitting = tolerations.stream()
                    .filter(toleration -> Taints.tolerates(toleration, taint))
                    .toList();
            if (fitting.isEmpty()) {
                return Optional.of(now);
            }
            Instant since = taint.getTimeAdded() == null ? now : Instant.parse(taint.getTimeAdded());
            Optional<Instant> until = fitting.stream()
                    .filter(toleration -> toleration.getTolerationSeconds() != null)
                    .map(toleration -> since.plusSeconds(Math.max(0, toleration.getTolerationSeconds())))
                    .min(Instant::compareTo);
            if (until.isPresent() && (end.isEmpty() || until.get().isBefore(end.get()))) {
                end = until;
            }
        }
        return end;
    }

    private void evict(Pod pod) {
        ObjectKey key = ResourceType.keyOf(pod);
        context.events().normal(pod, "TaintManagerEviction", "Marking for deletion Pod " + key);
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("type", "DisruptionTarget");
        condition.put("status", "True");
        condition.put("reason", "DeletionByTaintManager");
        condition.put("message", "Taint manager: deleting due to NoExecute taint");
        condition.put(
                "lastTransitionTime",
                context.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString());
        try {
            context.client()
                    .resource(Pod.class)
                    .patchStatus(
                            key,
                            Patch.strategic(Map.of(
                                    "metadata", Map.of("uid", pod.getMetadata().getUid()),
                                    "status", Map.of("conditions", List.of(condition)))));
            context.client()
                    .resource(Pod.class)
                    .delete(key, DeleteOptions.ofUid(pod.getMetadata().getUid()));
        } catch (ApiException e) {
            if (!e.is(404) && !e.is(409)) {
                throw e;
            }
        }
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }
}
