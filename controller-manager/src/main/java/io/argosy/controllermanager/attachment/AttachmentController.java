package io.argosy.controllermanager.attachment;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.controllermanager.pod.ClaimUse;
import io.argosy.controllermanager.pod.Pods;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.CSIDriver;
import io.fabric8.kubernetes.api.model.storage.VolumeAttachment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps VolumeAttachments and {@code node.status.volumesAttached}. A driver's own attacher does the work and says so in
 * the attachment's status; nodes whose kubelet attaches by itself are left alone. Attachments that others made under
 * other names are left alone too.
 */
public final class AttachmentController implements Controller {

    private static final String MANAGED = "volumes.kubernetes.io/controller-managed-attach-detach";
    private static final String BY_NODE = "node";
    private static final Duration BLOCKED_AGAIN = Duration.ofSeconds(5);

    private final ControllerContext context;
    private final Informer<Pod> pods;
    private final Informer<Node> nodes;
    private final Informer<PersistentVolumeClaim> claims;
    private final Informer<PersistentVolume> volumes;
    private final Informer<VolumeAttachment> attachments;
    private final Informer<CSIDriver> drivers;
    private final AttachmentWrites writes;
    private final ReconcileLoop<ObjectKey> loop;

    /** By node, since when its volumes are not wanted; a node's entry goes with the node. */
    private final Map<String, Map<String, Instant>> unused = new ConcurrentHashMap<>();

    public AttachmentController(ControllerContext context) {
        this.context = context;
        pods = context.informers().informer(Pod.class);
        nodes = context.informers().informer(Node.class);
        claims = context.informers().informer(PersistentVolumeClaim.class);
        volumes = context.informers().informer(PersistentVolume.class);
        attachments = context.informers().informer(VolumeAttachment.class);
        drivers = context.informers().informer(CSIDriver.class);
        ClaimUse.index(pods);
        pods.addIndex(BY_NODE, pod -> List.of(Pods.node(pod)));
        attachments.addIndex(BY_NODE, attachment -> List.of(attachment.getSpec().getNodeName()));
        writes = new AttachmentWrites(context);
        loop = context.loop("attachdetach", 10, this::reconcile);
        pods.addHandler(ResourceHandler.any(pod -> {
            if (!ClaimUse.claims(pod).isEmpty()) {
                wake(Pods.node(pod));
            }
        }));
        nodes.addHandler(ResourceHandler.any(node -> wake(node.getMetadata().getName())));
        attachments.addHandler(
                ResourceHandler.any(attachment -> wake(attachment.getSpec().getNodeName())));
        claims.addHandler(ResourceHandler.any(
                claim -> ClaimUse.pods(pods, ResourceType.keyOf(claim)).forEach(pod -> wake(Pods.node(pod)))));
    }

    private void wake(String node) {
        if (!node.isEmpty()) {
            loop.add(new ObjectKey("", node));
        }
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }

    private Outcome reconcile(ObjectKey key) {
        String name = key.name();
        Optional<Node> node = nodes.get(key);
        if (node.isEmpty()) {
            unused.remove(name);
        } else if (!Selectors.annotations(node.get()).containsKey(MANAGED)) {
            return Outcome.DONE;
        }
        Map<Attachable, List<Pod>> wanted = node.isEmpty() ? Map.of() : wanted(name);
        Instant now = context.clock().instant();
        List<VolumeAttachment> existing = attachments.byIndex(BY_NODE, name);
        AttachmentPlan plan = AttachmentPlan.of(
                List.copyOf(wanted.keySet()),
                existing.stream().flatMap(each -> existing(each).stream()).toList(),
                elsewhere(name),
                node.map(NodeViews::of).orElse(NodeViews.GONE),
                unusedSince(name, wanted, existing, now),
                now);
        node.ifPresent(each -> writes.show(each, plan.shown()));
        plan.detach().forEach(volume -> writes.detach(volume, name));
        plan.attach().forEach(volume -> writes.attach(volume, name));
        plan.blocked().forEach(volume -> blocked(volume, wanted.getOrDefault(volume, List.of())));
        writes.report(existing, wanted);
        if (!plan.blocked().isEmpty()) {
            return Outcome.later(BLOCKED_AGAIN);
        }
        return plan.recheck().map(Outcome::later).orElse(Outcome.DONE);
    }

    private Map<Attachable, List<Pod>> wanted(String node) {
        Map<Attachable, List<Pod>> wanted = new LinkedHashMap<>();
        for (Pod pod : pods.byIndex(BY_NODE, node)) {
            if (Pods.isFinished(pod)) {
                continue;
            }
            for (ObjectKey key : ClaimUse.claims(pod)) {
                volume(pod, key)
                        .filter(this::needsAttacher)
                        .ifPresent(volume -> wanted.computeIfAbsent(Attachable.of(volume), v -> new ArrayList<>())
                                .add(pod));
            }
        }
        return wanted;
    }

    private Optional<PersistentVolume> volume(Pod pod, ObjectKey key) {
        return claims.get(key)
                .filter(claim -> ClaimUse.uses(pod, claim)
                        && claim.getStatus() != null
                        && "Bound".equals(claim.getStatus().getPhase()))
                .flatMap(claim -> volumes.get(new ObjectKey("", claim.getSpec().getVolumeName()))
                        .filter(volume -> volume.getSpec().getClaimRef() != null
                                && Objects.equals(
                                        volume.getSpec().getClaimRef().getUid(),
                                        claim.getMetadata().getUid())));
    }

    private boolean needsAttacher(PersistentVolume volume) {
        return volume.getSpec().getCsi() != null
                && drivers.get(new ObjectKey("", volume.getSpec().getCsi().getDriver()))
                        .map(driver -> !Boolean.FALSE.equals(driver.getSpec().getAttachRequired()))
                        .orElse(true);
    }

    /** Only what bears the name that this controller gives. */
    private Optional<AttachmentPlan.Existing> existing(VolumeAttachment attachment) {
        return source(attachment)
                .map(Attachable::of)
                .filter(volume -> attachment
                        .getMetadata()
                        .getName()
                        .equals(volume.attachment(attachment.getSpec().getNodeName())))
                .map(volume -> new AttachmentPlan.Existing(
                        volume,
                        attachment.getStatus() != null
                                && Boolean.TRUE.equals(attachment.getStatus().getAttached()),
                        attachment.getMetadata().getDeletionTimestamp() != null));
    }

    private Optional<PersistentVolume> source(VolumeAttachment attachment) {
        String name = attachment.getSpec().getSource().getPersistentVolumeName();
        return name == null
                ? Optional.empty()
                : volumes.get(new ObjectKey("", name))
                        .filter(volume -> volume.getSpec().getCsi() != null);
    }

    private Set<String> elsewhere(String node) {
        Set<String> names = new TreeSet<>();
        for (VolumeAttachment attachment : attachments.list()) {
            String volume = attachment.getSpec().getSource().getPersistentVolumeName();
            if (volume != null && !attachment.getSpec().getNodeName().equals(node)) {
                names.add(volume);
            }
        }
        return names;
    }

    private Map<String, Instant> unusedSince(
            String node, Map<Attachable, List<Pod>> wanted, List<VolumeAttachment> existing, Instant now) {
        Map<String, Instant> since = unused.computeIfAbsent(node, n -> new ConcurrentHashMap<>());
        Set<String> idle = new TreeSet<>();
        existing.forEach(each ->
                source(each).ifPresent(volume -> idle.add(volume.getMetadata().getName())));
        wanted.keySet().forEach(volume -> idle.remove(volume.volume()));
        since.keySet().retainAll(idle);
        idle.forEach(volume -> since.putIfAbsent(volume, now));
        return since;
    }

    private void blocked(Attachable volume, List<Pod> waiting) {
        for (Pod pod : waiting) {
            context.events()
                    .warning(
                            pod,
                            "FailedAttachVolume",
                            "Multi-Attach error for volume \"" + volume.volume()
                                    + "\" Volume is already exclusively attached to one node and can't be attached to"
                                    + " another");
        }
    }
}
