package io.argosy.controllermanager.pod;

import io.argosy.client.informer.Informer;
import io.argosy.controllermanager.ownership.Owners;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a pod's status and metadata say. */
public final class Pods {

    /** The index of pods by the UID of their controller; orphans are under {@code orphan/<namespace>}. */
    public static final String BY_OWNER = "controller";

    private Pods() {}

    /** Adds the index by owner. */
    public static void indexByOwner(Informer<Pod> pods) {
        pods.addIndex(BY_OWNER, pod -> {
            String uid = Owners.controllerUid(pod);
            return List.of(uid.isEmpty() ? "orphan/" + pod.getMetadata().getNamespace() : uid);
        });
    }

    /** The pods of an owner, and those of the namespace that nobody owns. */
    public static List<Pod> ownedOrFree(Informer<Pod> pods, String namespace, String uid) {
        List<Pod> found = new java.util.ArrayList<>(pods.byIndex(BY_OWNER, uid));
        found.addAll(pods.byIndex(BY_OWNER, "orphan/" + namespace));
        return found;
    }

    public static String phase(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getPhase() == null
                ? "Pending"
                : pod.getStatus().getPhase();
    }

    /** Neither finished nor being deleted. */
    public static boolean isActive(Pod pod) {
        return !isFinished(pod) && !Owners.isDeleting(pod);
    }

    public static boolean isFinished(Pod pod) {
        String phase = phase(pod);
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    public static Optional<PodCondition> condition(Pod pod, String type) {
        return pod.getStatus() == null || pod.getStatus().getConditions() == null
                ? Optional.empty()
                : pod.getStatus().getConditions().stream()
                        .filter(condition -> condition.getType().equals(type))
                        .findFirst();
    }

    public static boolean isReady(Pod pod) {
        return condition(pod, "Ready")
                .map(ready -> ready.getStatus().equals("True"))
                .orElse(false);
    }

    /** Since when it is ready; empty when it is not or does not tell. */
    public static Optional<Instant> readySince(Pod pod) {
        return condition(pod, "Ready")
                .filter(ready -> ready.getStatus().equals("True") && ready.getLastTransitionTime() != null)
                .map(ready -> Instant.parse(ready.getLastTransitionTime()));
    }

    /** Ready for at least so long. */
    public static boolean isAvailable(Pod pod, int minReadySeconds, Instant now) {
        if (!isReady(pod)) {
            return false;
        }
        return minReadySeconds == 0
                || readySince(pod)
                        .map(since -> !since.plusSeconds(minReadySeconds).isAfter(now))
                        .orElse(false);
    }

    /** How long until the first of the pods that are ready becomes available; empty when none will by waiting. */
    public static Optional<Duration> nextAvailable(List<Pod> pods, int minReadySeconds, Instant now) {
        return pods.stream()
                .filter(pod -> !isAvailable(pod, minReadySeconds, now))
                .flatMap(pod -> readySince(pod).stream())
                .map(since -> Duration.between(now, since.plusSeconds(minReadySeconds)))
                .filter(Duration::isPositive)
                .min(Duration::compareTo);
    }

    public static String node(Pod pod) {
        String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
        return node == null ? "" : node;
    }

    /** The highest restart count of its containers. */
    public static int restarts(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null
                ? 0
                : pod.getStatus().getContainerStatuses().stream()
                        .mapToInt(status -> status.getRestartCount() == null ? 0 : status.getRestartCount())
                        .max()
                        .orElse(0);
    }
}
