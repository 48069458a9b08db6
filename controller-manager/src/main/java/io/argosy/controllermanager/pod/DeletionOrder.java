package io.argosy.controllermanager.pod;

import io.argosy.controllermanager.ownership.Selectors;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which pods of a set go first when there are too many: unassigned, pending, not ready, cheap, doubled up on a node,
 * ready for a shorter time, often restarted, young.
 */
public final class DeletionOrder {

    /** What a pod's owner says it costs to lose it. */
    private static final String COST = "controller.kubernetes.io/pod-deletion-cost";

    private DeletionOrder() {}

    /**
     * The first {@code count} to delete.
     *
     * @param related all active pods of the owner's siblings: they tell how full nodes are
     */
    public static List<Pod> first(List<Pod> pods, List<Pod> related, int count, Instant now) {
        if (count >= pods.size()) {
            return pods;
        }
        Map<String, Long> onNode = related.stream()
                .filter(Pods::isActive)
                .collect(Collectors.groupingBy(Pods::node, Collectors.counting()));
        Comparator<Pod> order = Comparator.comparing(
                        (Pod pod) -> !Pods.node(pod).isEmpty())
                .thenComparing(DeletionOrder::phase)
                .thenComparing(Pods::isReady)
                .thenComparing(DeletionOrder::cost)
                .thenComparing(pod -> -onNode.getOrDefault(Pods.node(pod), 0L))
                .thenComparing(pod -> -age(Pods.readySince(pod).orElse(Instant.EPOCH), now), Comparator.reverseOrder())
                .thenComparing(pod -> -Pods.restarts(pod))
                .thenComparing(
                        pod -> -age(Instant.parse(pod.getMetadata().getCreationTimestamp()), now),
                        Comparator.reverseOrder())
                .thenComparing(pod -> pod.getMetadata().getUid());
        return pods.stream().sorted(order).limit(Math.max(0, count)).toList();
    }

    private static int phase(Pod pod) {
        return switch (Pods.phase(pod)) {
            case "Pending" -> 0;
            case "Unknown" -> 1;
            default -> 2;
        };
    }

    private static int cost(Pod pod) {
        String text = Selectors.annotations(pod).get(COST);
        try {
            return text == null ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** On a logarithmic scale, so that pods of about the same age are chosen at random. */
    private static int age(Instant since, Instant now) {
        long seconds = Math.max(0, Duration.between(since, now).toSeconds());
        return 64 - Long.numberOfLeadingZeros(seconds);
    }
}
