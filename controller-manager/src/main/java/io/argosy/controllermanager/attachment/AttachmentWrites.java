package io.argosy.controllermanager.attachment;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.request.Patch;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.ControllerContext;
import io.fabric8.kubernetes.api.model.AttachedVolume;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.storage.VolumeAttachment;
import io.fabric8.kubernetes.api.model.storage.VolumeAttachmentBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Makes and removes attachments, and says in nodes' status what is attached. */
final class AttachmentWrites {

    private final ControllerContext context;

    AttachmentWrites(ControllerContext context) {
        this.context = context;
    }

    void attach(Attachable volume, String node) {
        VolumeAttachment attachment = new VolumeAttachmentBuilder()
                .withNewMetadata()
                .withName(volume.attachment(node))
                .endMetadata()
                .withNewSpec()
                .withAttacher(volume.driver())
                .withNodeName(node)
                .withNewSource()
                .withPersistentVolumeName(volume.volume())
                .endSource()
                .endSpec()
                .build();
        try {
            context.client().resource(VolumeAttachment.class).create(attachment);
        } catch (ApiException e) {
            if (!e.reason().equals("AlreadyExists")) {
                throw e;
            }
        }
    }

    void detach(Attachable volume, String node) {
        try {
            context.client().resource(VolumeAttachment.class).delete(new ObjectKey("", volume.attachment(node)));
        } catch (ApiException e) {
            if (!e.is(404)) {
                throw e;
            }
        }
    }

    /** A volume leaves the status before it is detached: the kubelet mounts nothing that the status does not list. */
    void show(Node node, Set<String> names) {
        List<AttachedVolume> listed =
                node.getStatus() == null || node.getStatus().getVolumesAttached() == null
                        ? List.of()
                        : node.getStatus().getVolumesAttached();
        Set<String> before = new TreeSet<>();
        listed.forEach(each -> before.add(each.getName()));
        if (before.equals(names)) {
            return;
        }
        List<Map<String, String>> next = new TreeSet<>(names)
                .stream().map(name -> Map.of("name", name, "devicePath", "")).toList();
        context.client()
                .resource(Node.class)
                .patchStatus(ResourceType.keyOf(node), Patch.merge(Map.of("status", Map.of("volumesAttached", next))));
    }

    /** Tells pods what went wrong with what they wait for. */
    void report(List<VolumeAttachment> attachments, Map<Attachable, List<Pod>> wanted) {
        wanted.forEach((volume, pods) -> attachments.stream()
                .filter(each -> each.getMetadata()
                                .getName()
                                .equals(volume.attachment(each.getSpec().getNodeName()))
                        && each.getStatus() != null
                        && each.getStatus().getAttachError() != null)
                .forEach(each -> pods.forEach(pod -> context.events()
                        .warning(
                                pod,
                                "FailedAttachVolume",
                                "AttachVolume.Attach failed for volume \"" + volume.volume() + "\" : "
                                        + each.getStatus().getAttachError().getMessage()))));
    }
}
