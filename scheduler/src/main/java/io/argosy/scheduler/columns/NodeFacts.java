package io.argosy.scheduler.columns;

import io.fabric8.kubernetes.api.model.ContainerImage;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a node says of itself that is no amount.
 *
 * @param node as the API has it, never changed
 * @param images sizes in bytes by every name
 */
public record NodeFacts(
        Node node,
        String name,
        Map<String, String> labels,
        List<Taint> taints,
        boolean unschedulable,
        Map<String, Long> images) {

    public NodeFacts {
        taints = List.copyOf(taints);
    }

    public static NodeFacts of(Node node) {
        List<Taint> taints = node.getSpec() == null
                ? List.of()
                : Selectors.orEmpty(node.getSpec().getTaints()).stream()
                        .map(taint -> new Taint(
                                taint.getKey(), taint.getValue() == null ? "" : taint.getValue(), taint.getEffect()))
                        .toList();
        return new NodeFacts(
                node,
                node.getMetadata().getName(),
                Selectors.orEmpty(node.getMetadata().getLabels()),
                taints,
                node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable()),
                images(node.getStatus()));
    }

    private static Map<String, Long> images(@org.jspecify.annotations.Nullable NodeStatus status) {
        if (status == null) {
            return Map.of();
        }
        Map<String, Long> images = new HashMap<>();
        for (ContainerImage image : Selectors.orEmpty(status.getImages())) {
            long size = image.getSizeBytes() == null ? 0 : image.getSizeBytes();
            for (String name : Selectors.orEmpty(image.getNames())) {
                images.put(name, size);
            }
        }
        return images;
    }
}
