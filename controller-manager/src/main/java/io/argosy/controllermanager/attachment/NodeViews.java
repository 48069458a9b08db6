package io.argosy.controllermanager.attachment;

import io.fabric8.kubernetes.api.model.Node;
import java.util.Set;

/** What a node says that matters for attachments. */
final class NodeViews {

    /** A node that does not exist keeps nothing mounted. */
    static final AttachmentPlan.View GONE = new AttachmentPlan.View(false, true, Set.of());

    private NodeViews() {}

    static AttachmentPlan.View of(Node node) {
        boolean ready = node.getStatus() != null
                && node.getStatus().getConditions() != null
                && node.getStatus().getConditions().stream()
                        .anyMatch(each -> "Ready".equals(each.getType()) && "True".equals(each.getStatus()));
        boolean outOfService = node.getSpec() != null
                && node.getSpec().getTaints() != null
                && node.getSpec().getTaints().stream()
                        .anyMatch(each -> "node.kubernetes.io/out-of-service".equals(each.getKey()));
        Set<String> inUse = node.getStatus() == null || node.getStatus().getVolumesInUse() == null
                ? Set.of()
                : Set.copyOf(node.getStatus().getVolumesInUse());
        return new AttachmentPlan.View(ready, outOfService, inUse);
    }
}
