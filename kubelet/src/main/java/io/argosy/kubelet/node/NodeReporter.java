package io.argosy.kubelet.node;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.request.ApiClient;
import io.argosy.client.request.ObjectJson;
import io.argosy.client.request.Patch;
import io.argosy.client.request.RequestException;
import io.argosy.daemon.clock.Clock;
import io.argosy.kubelet.config.KubeletConfig;
import io.argosy.kubelet.cri.ContainerRuntime;
import io.argosy.kubelet.cri.RuntimeCallException;
import io.argosy.kubelet.cri.v1.Image;
import io.argosy.kubelet.cri.v1.VersionResponse;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Registers the node, tells its status when it changes and now and then, and renews its lease. */
public final class NodeReporter {

    private static final Logger LOG = LoggerFactory.getLogger(NodeReporter.class);
    private static final String LEASES = "kube-node-lease";

    /** What the node is made of. */
    public record Parts(
            KubeletConfig config,
            ApiClient client,
            ContainerRuntime runtime,
            Clock clock,
            Machine machine,
            NodeCapacity capacity,
            List<String> addresses,
            NodeHealth health,
            Supplier<List<String>> problems,
            Supplier<Set<String>> pressures,
            int port,
            String version) {}

    private final Parts parts;
    private final String name;
    private volatile Optional<Node> last = Optional.empty();
    private Optional<NodeStatus> reported = Optional.empty();
    private Instant reportedAt = Instant.EPOCH;

    public NodeReporter(Parts parts) {
        this.parts = parts;
        this.name = parts.config().identity().nodeName();
    }

    /** The node as the API last had it. */
    public Optional<Node> node() {
        return last;
    }

    /** The node as the API has it now; as it last had it when there is no answer. */
    public Optional<Node> newestNode() {
        try {
            last = parts.client()
                    .resource(Node.class)
                    .find(new ObjectKey("", name))
                    .or(() -> last);
        } catch (ApiException | RequestException e) {
            LOG.info("node not read node={} error={}", name, e.getMessage());
        }
        return last;
    }

    public void runStatus() throws InterruptedException {
        Duration pause = Duration.ofMillis(200);
        boolean registered = !parts.config().identity().register();
        while (true) {
            try {
                if (!registered) {
                    register();
                    registered = true;
                    pause = Duration.ofMillis(500);
                }
                report();
                // Until it is ready the node is looked at more often.
                pause = parts.problems().get().isEmpty()
                        ? parts.config().reporting().statusPeriod()
                        : Duration.ofSeconds(1);
            } catch (ApiException e) {
                LOG.warn("node status not told node={} error={}", name, e.getMessage());
                registered = registered && !e.is(404);
                pause = longer(pause);
            } catch (RequestException e) {
                LOG.warn("node status not told node={} error={}", name, e.getMessage());
                pause = longer(pause);
            }
            parts.clock().sleep(pause);
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(Duration.ofSeconds(7)) > 0 ? Duration.ofSeconds(7) : doubled;
    }

    private void register() {
        Node wanted = initial();
        try {
            last = Optional.of(parts.client().resource(Node.class).create(wanted));
            reported = Optional.of(wanted.getStatus());
            reportedAt = parts.clock().instant();
            LOG.info("registered node={}", name);
        } catch (ApiException e) {
            if (!e.is(409)) {
                throw e;
            }
            Node present = parts.client().resource(Node.class).get(new ObjectKey("", name));
            Map<String, String> labels = new LinkedHashMap<>();
            defaultLabels().forEach((k, v) -> {
                if (!v.equals(Optional.ofNullable(present.getMetadata().getLabels())
                        .orElse(Map.of())
                        .get(k))) {
                    labels.put(k, v);
                }
            });
            if (!labels.isEmpty()) {
                parts.client()
                        .resource(Node.class)
                        .patch(new ObjectKey("", name), Patch.strategic(Map.of("metadata", Map.of("labels", labels))));
            }
            LOG.info("node was registered before node={}", name);
        }
    }

    private Map<String, String> defaultLabels() {
        return Map.of(
                "kubernetes.io/hostname",
                name,
                "kubernetes.io/os",
                "linux",
                "kubernetes.io/arch",
                NodeStatuses.architecture(),
                "beta.kubernetes.io/os",
                "linux",
                "beta.kubernetes.io/arch",
                NodeStatuses.architecture());
    }

    private Node initial() {
        Map<String, String> labels = new LinkedHashMap<>(defaultLabels());
        labels.putAll(parts.config().identity().labels());
        List<Taint> taints = new ArrayList<>();
        parts.config().identity().taints().forEach(t -> taints.add(taint(t)));
        boolean cloud = parts.config().identity().cloudProvider().equals("external");
        if (cloud) {
            taints.add(new Taint("NoSchedule", "node.cloudprovider.kubernetes.io/uninitialized", null, "true"));
        }
        NodeBuilder node = new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .addToAnnotations("volumes.kubernetes.io/controller-managed-attach-detach", "true")
                .endMetadata()
                .withNewSpec()
                .withTaints(taints)
                .endSpec();
        if (!parts.config().identity().providerId().isEmpty()) {
            node.editSpec()
                    .withProviderID(parts.config().identity().providerId())
                    .endSpec();
        }
        return node.withStatus(compute(new NodeStatus())).build();
    }

    static Taint taint(String text) {
        int colon = text.lastIndexOf(':');
        String effect = colon < 0 ? "" : text.substring(colon + 1);
        String pair = colon < 0 ? text : text.substring(0, colon);
        int equals = pair.indexOf('=');
        return new Taint(
                effect,
                equals < 0 ? pair : pair.substring(0, equals),
                null,
                equals < 0 ? "" : pair.substring(equals + 1));
    }

    private NodeStatus compute(NodeStatus before) {
        List<Image> images = List.of();
        VersionResponse version = VersionResponse.getDefaultInstance();
        try {
            version = parts.runtime().version();
            images = parts.runtime().listImages();
        } catch (RuntimeCallException e) {
            LOG.debug("runtime does not answer error={}", e.describe());
        }
        return NodeStatuses.compute(new NodeStatuses.Inputs(
                before,
                name,
                parts.addresses(),
                parts.config().identity().cloudProvider().equals("external")
                        && parts.config().identity().nodeIp().isEmpty(),
                parts.machine(),
                parts.capacity(),
                version,
                parts.health().runtimeStatus(),
                images,
                parts.config().reporting().mostImages(),
                parts.port(),
                parts.problems().get(),
                parts.pressures().get(),
                parts.version(),
                parts.clock().instant()));
    }

    private void report() {
        Instant now = parts.clock().instant();
        boolean due = Duration.between(reportedAt, now)
                        .compareTo(parts.config().reporting().reportPeriod())
                >= 0;
        if (!due && reported.isPresent()) {
            NodeStatus fresh = compute(reported.get());
            if (NodeStatuses.same(fresh, reported.get())) {
                return;
            }
        }
        Node present = parts.client().resource(Node.class).get(new ObjectKey("", name));
        NodeStatus status = compute(present.getStatus() == null ? new NodeStatus() : present.getStatus());
        ObjectNode patch = ObjectJson.mapper().createObjectNode();
        ObjectNode body = (ObjectNode) ObjectJson.toTree(status);
        ArrayNode addresses = (ArrayNode) body.get("addresses");
        if (addresses != null && !addresses.isEmpty()) {
            addresses.addObject().put("$patch", "replace");
        }
        body.remove(List.of("volumesAttached", "volumesInUse", "config", "phase"));
        patch.set("status", body);
        last = Optional.of(
                parts.client().resource(Node.class).patchStatus(new ObjectKey("", name), Patch.strategic(patch)));
        reported = Optional.of(status);
        reportedAt = now;
    }

    /** Renews the lease until interrupted; four times within its duration. */
    public void runLease() throws InterruptedException {
        Duration period =
                Duration.ofSeconds(parts.config().reporting().leaseSeconds()).dividedBy(4);
        Optional<Lease> held = Optional.empty();
        while (true) {
            try {
                held = Optional.of(renew(held));
            } catch (ApiException | RequestException e) {
                LOG.warn("lease not renewed node={} error={}", name, e.getMessage());
                held = Optional.empty();
                parts.clock().sleep(Duration.ofSeconds(1));
                continue;
            }
            parts.clock().sleep(period);
        }
    }

    private Lease renew(Optional<Lease> held) {
        Optional<Lease> present =
                held.isPresent() ? held : parts.client().resource(Lease.class).find(new ObjectKey(LEASES, name));
        ZonedDateTime now = ZonedDateTime.ofInstant(parts.clock().instant(), ZoneOffset.UTC);
        if (present.isPresent()) {
            Lease lease = ObjectJson.copy(present.get());
            lease.getSpec().setHolderIdentity(name);
            lease.getSpec().setLeaseDurationSeconds(parts.config().reporting().leaseSeconds());
            lease.getSpec().setRenewTime(now);
            return parts.client().resource(Lease.class).update(lease);
        }
        LeaseBuilder lease = new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(LEASES)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(name)
                .withLeaseDurationSeconds(parts.config().reporting().leaseSeconds())
                .withRenewTime(now)
                .endSpec();
        last.ifPresent(n -> lease.editMetadata()
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("Node")
                .withName(name)
                .withUid(n.getMetadata().getUid())
                .endOwnerReference()
                .endMetadata());
        return parts.client().resource(Lease.class).create(lease.build());
    }
}
