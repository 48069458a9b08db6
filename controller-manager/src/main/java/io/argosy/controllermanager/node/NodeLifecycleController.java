package io.argosy.controllermanager.node;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.InformerScope;
import io.argosy.client.request.ObjectJson;
import io.argosy.client.request.Patch;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.controllermanager.loop.Rounds;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.controllermanager.pod.Pods;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
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
 * Notices nodes that fall silent, and keeps the taints that follow from their conditions. Taints against scheduling
 * follow every change of a node; those that drive pods away are set zone by zone at a bounded rate.
 */
public final class NodeLifecycleController implements Controller {

    private static final Logger LOG = LoggerFactory.getLogger(NodeLifecycleController.class);
    private static final String BY_NODE = "node";
    private static final String ZONE = "topology.kubernetes.io/zone";

    /** How fast and how patiently. */
    public record Settings(
            Duration period,
            Duration grace,
            Duration startupGrace,
            double evictionRate,
            double secondaryRate,
            int largeCluster,
            double unhealthyZone) {}

    private final ControllerContext context;
    private final Settings settings;
    private final Rounds rounds;
    private final Informer<Node> nodes;
    private final Informer<Lease> leases;
    private final Informer<Pod> pods;
    private final ReconcileLoop<ObjectKey> loop;
    private final Map<String, Heartbeat> heartbeats = new HashMap<>();
    private final Map<String, Double> allowance = new HashMap<>();

    public NodeLifecycleController(ControllerContext context, Settings settings) {
        this.context = context;
        this.settings = settings;
        this.rounds = new Rounds("node-monitor", context.clock());
        nodes = context.informers().informer(Node.class);
        leases = context.informers().informer(Lease.class, InformerScope.in("kube-node-lease"));
        pods = context.informers().informer(Pod.class);
        pods.addIndex(BY_NODE, pod -> List.of(Pods.node(pod)));
        loop = context.loop("node_lifecycle_controller", 8, this::reconcile);
        nodes.addHandler(ReconcileLoop.keys(loop));
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
        rounds.start(tasks, settings.period(), this::round);
    }

    private String now() {
        return context.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Taints against scheduling, and labels of old names. */
    private Outcome reconcile(ObjectKey key) {
        Optional<Node> found = nodes.get(key);
        if (found.isEmpty()) {
            return Outcome.DONE;
        }
        Node node = found.get();
        List<Taint> wanted = Taints.againstScheduling(node, now());
        if (!wanted.equals(Taints.of(node))) {
            node = taint(node, wanted);
        }
        if (Taints.evicting(node).isEmpty() && hasEvicting(node)) {
            node = taint(node, Taints.againstRunning(node, Optional.empty(), now()));
        }
        label(node);
        return Outcome.DONE;
    }

    private static boolean hasEvicting(Node node) {
        return Taints.of(node).stream()
                .anyMatch(taint -> "NoExecute".equals(taint.getEffect())
                        && Set.of(Taints.NOT_READY, Taints.UNREACHABLE).contains(taint.getKey()));
    }

    private Node taint(Node node, List<Taint> taints) {
        Map<String, Object> change = Map.of(
                "metadata",
                Map.of(
                        "uid", node.getMetadata().getUid(),
                        "resourceVersion", node.getMetadata().getResourceVersion()),
                "spec",
                Map.of("taints", taints));
        return context.client().resource(Node.class).patch(ResourceType.keyOf(node), Patch.merge(change));
    }

    private void label(Node node) {
        Map<String, String> labels = Selectors.labels(node);
        Map<String, String> wanted = new LinkedHashMap<>();
        Map.of("kubernetes.io/os", "beta.kubernetes.io/os", "kubernetes.io/arch", "beta.kubernetes.io/arch")
                .forEach((from, to) -> {
                    String value = labels.get(from);
                    if (value != null && !value.equals(labels.get(to))) {
                        wanted.put(to, value);
                    }
                });
        if (!wanted.isEmpty()) {
            context.client()
                    .resource(Node.class)
                    .patch(ResourceType.keyOf(node), Patch.merge(Map.of("metadata", Map.of("labels", wanted))));
        }
    }

    /** One look at all nodes. */
    private void round() {
        long now = context.clock().nanoTime();
        List<Node> all = nodes.list();
        heartbeats
                .keySet()
                .retainAll(
                        all.stream().map(node -> node.getMetadata().getName()).toList());
        rounds.each(all, node -> watch(node, now));
        evict(all);
    }

    private void watch(Node node, long now) {
        String name = node.getMetadata().getName();
        Heartbeat heartbeat = heartbeats.computeIfAbsent(name, key -> {
            context.events()
                    .normal(
                            node,
                            "RegisteredNode",
                            "Node " + name + " event: Registered Node " + name + " in Controller");
            return new Heartbeat(now);
        });
        heartbeat.observe(node, leases.get(new ObjectKey("kube-node-lease", name)), now);
        boolean started = Taints.condition(node, "Ready").isPresent();
        if (heartbeat.isSilent(now, started ? settings.grace() : settings.startupGrace())) {
            Heartbeat.unknown(node, now()).ifPresent(conditions -> {
                LOG.info("node is silent node={}", name);
                Node next = ObjectJson.copy(node);
                next.setStatus(
                        next.getStatus() == null ? new io.fabric8.kubernetes.api.model.NodeStatus() : next.getStatus());
                next.getStatus().setConditions(conditions);
                context.client().resource(Node.class).updateStatus(next);
                context.events().normal(node, "NodeNotReady", "Node " + name + " status is now: NodeNotReady");
            });
        }
        if (Taints.evicting(node).isPresent()) {
            pods.byIndex(BY_NODE, name).forEach(this::notReady);
        }
    }

    /** Pods of a node that is not ready are not ready, whatever they said last. */
    private void notReady(Pod pod) {
        if (!Pods.isReady(pod)) {
            return;
        }
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("type", "Ready");
        condition.put("status", "False");
        condition.put("lastTransitionTime", now());
        try {
            context.client()
                    .resource(Pod.class)
                    .patchStatus(
                            ResourceType.keyOf(pod),
                            Patch.strategic(Map.of(
                                    "metadata", Map.of("uid", pod.getMetadata().getUid()),
                                    "status", Map.of("conditions", List.of(condition)))));
            context.events().warning(pod, "NodeNotReady", "Node is not ready");
        } catch (ApiException e) {
            if (!e.is(404) && !e.is(409)) {
                throw e;
            }
        }
    }

    /** Sets the taints that drive pods away, as fast as the zones' health allows. */
    private void evict(List<Node> all) {
        Map<String, List<Node>> zones = all.stream()
                .collect(Collectors.groupingBy(node -> Selectors.labels(node).getOrDefault(ZONE, "")));
        Map<String, ZoneHealth> health = new HashMap<>();
        zones.forEach((zone, members) -> {
            int ready = (int) members.stream()
                    .filter(node -> Taints.condition(node, "Ready")
                            .map(NodeCondition::getStatus)
                            .filter("True"::equals)
                            .isPresent())
                    .count();
            health.put(zone, ZoneHealth.of(ready, members.size() - ready, settings.unhealthyZone()));
        });
        boolean everywhere = health.values().stream().allMatch(each -> each == ZoneHealth.FULL_DISRUPTION);
        zones.forEach((zone, members) -> {
            double rate = health.getOrDefault(zone, ZoneHealth.NORMAL)
                    .rate(
                            everywhere,
                            members.size(),
                            settings.evictionRate(),
                            settings.secondaryRate(),
                            settings.largeCluster());
            double budget = Math.min(
                    1,
                    allowance.getOrDefault(zone, 1.0) + rate * settings.period().toNanos() / 1e9);
            allowance.put(zone, evictSome(members, rate > 0 ? budget : 0));
        });
    }

    private double evictSome(List<Node> members, double budget) {
        double[] left = {budget};
        rounds.each(members, node -> {
            Optional<String> wanted = Taints.evicting(node);
            List<Taint> taints = Taints.againstRunning(node, wanted, now());
            if (wanted.isEmpty() || taints.equals(Taints.of(node))) {
                return;
            }
            // Changing one such taint for the other drives nobody away who was not driven before.
            boolean swap = hasEvicting(node);
            if (swap || left[0] >= 1) {
                left[0] -= swap ? 0 : 1;
                taint(node, taints);
            }
        });
        return left[0];
    }
}
