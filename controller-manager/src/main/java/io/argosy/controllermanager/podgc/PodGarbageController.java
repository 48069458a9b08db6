package io.argosy.controllermanager.podgc;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.informer.Informer;
import io.argosy.client.request.DeleteOptions;
import io.argosy.client.request.Patch;
import io.argosy.client.request.RequestException;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Rounds;
import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.pod.Pods;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every 20 seconds: the oldest finished pods beyond a number, pods of nodes that do not exist, pods that were deleted
 * before they had a node, and pods of nodes that were declared out of service.
 */
public final class PodGarbageController implements Controller {

    private static final Logger LOG = LoggerFactory.getLogger(PodGarbageController.class);
    private static final Duration EVERY = Duration.ofSeconds(20);
    private static final Duration QUARANTINE = Duration.ofSeconds(40);

    private final ControllerContext context;
    private final Informer<Pod> pods;
    private final Informer<Node> nodes;
    private final int finishedMost;
    private final Map<String, Long> missingSince = new HashMap<>();

    /** @param finishedMost finished pods that may stay; 0 or less for any number */
    public PodGarbageController(ControllerContext context, int finishedMost) {
        this.context = context;
        this.finishedMost = finishedMost;
        pods = context.informers().informer(Pod.class);
        nodes = context.informers().informer(Node.class);
    }

    @Override
    public void start(TaskScope tasks) {
        new Rounds("pod-garbage", context.clock()).start(tasks, EVERY, this::round);
    }

    private void round() {
        List<Pod> all = pods.list();
        finished(all);
        orphaned(all);
        for (Pod pod : all) {
            if (Owners.isDeleting(pod) && Pods.node(pod).isEmpty()) {
                delete(pod, "deleting unscheduled terminating pod", Optional.empty());
            } else if (Owners.isDeleting(pod) && isOutOfService(pod)) {
                delete(pod, "node is out of service", Optional.of("PodGC: node out of service"));
            }
        }
    }

    private void finished(List<Pod> all) {
        if (finishedMost <= 0) {
            return;
        }
        List<Pod> finished = all.stream()
                .filter(pod -> Pods.isFinished(pod) && !Owners.isDeleting(pod))
                .sorted(Comparator.comparing((Pod pod) -> pod.getMetadata().getCreationTimestamp())
                        .thenComparing(pod -> pod.getMetadata().getName()))
                .toList();
        finished.stream()
                .limit(Math.max(0, finished.size() - finishedMost))
                .forEach(pod -> delete(pod, "too many finished pods", Optional.empty()));
    }

    /** A node must have been missing for a while, and be missing on the server too. */
    private void orphaned(List<Pod> all) {
        Set<String> known =
                nodes.list().stream().map(node -> node.getMetadata().getName()).collect(Collectors.toSet());
        Set<String> missing = all.stream()
                .map(Pods::node)
                .filter(node -> !node.isEmpty() && !known.contains(node))
                .collect(Collectors.toSet());
        missingSince.keySet().retainAll(missing);
        long now = context.clock().nanoTime();
        missing.forEach(node -> missingSince.putIfAbsent(node, now));
        for (String node : missing) {
            boolean ripe = now - missingSince.getOrDefault(node, now) >= QUARANTINE.toNanos();
            if (ripe
                    && context.client()
                            .resource(Node.class)
                            .find(new ObjectKey("", node))
                            .isEmpty()) {
                all.stream()
                        .filter(pod -> Pods.node(pod).equals(node))
                        .forEach(
                                pod -> delete(pod, "node does not exist", Optional.of("PodGC: node no longer exists")));
            }
        }
    }

    private boolean isOutOfService(Pod pod) {
        return nodes.get(new ObjectKey("", Pods.node(pod)))
                .filter(node -> node.getSpec() != null && node.getSpec().getTaints() != null)
                .filter(node -> node.getSpec().getTaints().stream()
                        .anyMatch(taint -> taint.getKey().equals("node.kubernetes.io/out-of-service")))
                .isPresent();
    }

    private void delete(Pod pod, String why, Optional<String> disruption) {
        ObjectKey key = ResourceType.keyOf(pod);
        try {
            if (!Pods.isFinished(pod)) {
                context.client().resource(Pod.class).patchStatus(key, failed(pod, disruption));
            }
            context.client()
                    .resource(Pod.class)
                    .delete(key, DeleteOptions.ofUid(pod.getMetadata().getUid()).withGrace(0));
            LOG.info("deleted pod key={} reason={}", key, why);
        } catch (ApiException e) {
            if (!e.is(404)) {
                LOG.info("pod not deleted key={} reason={}", key, e.message());
            }
        } catch (RequestException e) {
            LOG.info("pod not deleted key={} reason={}", key, e.getMessage());
        }
    }

    /** Whoever counts the pod must see that it failed before it is gone. */
    private Patch failed(Pod pod, Optional<String> disruption) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("phase", "Failed");
        disruption.ifPresent(message -> {
            Map<String, Object> condition = new LinkedHashMap<>();
            condition.put("type", "DisruptionTarget");
            condition.put("status", "True");
            condition.put("reason", "DeletionByPodGC");
            condition.put("message", message);
            condition.put(
                    "lastTransitionTime",
                    context.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString());
            status.put("conditions", List.of(condition));
        });
        return Patch.strategic(
                Map.of("metadata", Map.of("uid", pod.getMetadata().getUid()), "status", status));
    }
}
