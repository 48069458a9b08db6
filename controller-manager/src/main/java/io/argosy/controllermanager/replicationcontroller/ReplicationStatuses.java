package io.argosy.controllermanager.replicationcontroller;

import io.argosy.client.request.ObjectJson;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.ReplicationControllerCondition;
import io.fabric8.kubernetes.api.model.ReplicationControllerStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Computes a ReplicationController's status. */
final class ReplicationStatuses {

    private static final String FAILURE = "ReplicaFailure";

    private ReplicationStatuses() {}

    /** @param failure why the last creation or deletion failed, with its reason first */
    static ReplicationControllerStatus of(
            ReplicationController set, List<Pod> owned, Optional<Map.Entry<String, String>> failure, Instant now) {
        List<Pod> active = owned.stream().filter(Pods::isActive).toList();
        Map<String, String> templateLabels = set.getSpec().getTemplate() == null
                        || set.getSpec().getTemplate().getMetadata() == null
                        || set.getSpec().getTemplate().getMetadata().getLabels() == null
                ? Map.of()
                : set.getSpec().getTemplate().getMetadata().getLabels();
        int minReady =
                set.getSpec().getMinReadySeconds() == null ? 0 : set.getSpec().getMinReadySeconds();
        ReplicationControllerStatus status =
                set.getStatus() == null ? new ReplicationControllerStatus() : ObjectJson.copy(set.getStatus());
        status.setReplicas(active.size());
        status.setFullyLabeledReplicas((int) active.stream()
                .filter(pod -> Selectors.labels(pod).entrySet().containsAll(templateLabels.entrySet()))
                .count());
        status.setReadyReplicas((int) active.stream().filter(Pods::isReady).count());
        status.setAvailableReplicas((int) active.stream()
                .filter(pod -> Pods.isAvailable(pod, minReady, now))
                .count());
        status.setObservedGeneration(set.getMetadata().getGeneration());
        status.setConditions(conditions(status.getConditions(), failure, now));
        return status;
    }

    private static List<ReplicationControllerCondition> conditions(
            List<ReplicationControllerCondition> before, Optional<Map.Entry<String, String>> failure, Instant now) {
        List<ReplicationControllerCondition> conditions = new ArrayList<>(before == null ? List.of() : before);
        boolean known =
                conditions.stream().anyMatch(condition -> condition.getType().equals(FAILURE));
        if (failure.isEmpty()) {
            conditions.removeIf(condition -> condition.getType().equals(FAILURE));
        } else if (!known) {
            ReplicationControllerCondition condition = new ReplicationControllerCondition();
            condition.setType(FAILURE);
            condition.setStatus("True");
            condition.setReason(failure.get().getKey());
            condition.setMessage(failure.get().getValue());
            condition.setLastTransitionTime(now.truncatedTo(ChronoUnit.SECONDS).toString());
            conditions.add(condition);
        }
        return conditions;
    }
}
