package io.argosy.controllermanager.job;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyOnExitCodesRequirement;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyOnPodConditionsPattern;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a Job's pod failure policy says of a failed pod. Pure. */
sealed interface FailurePolicy {

    /** Counted towards the limit. */
    record Count() implements FailurePolicy {}

    /** Not counted. */
    record Ignore() implements FailurePolicy {}

    /** The Job fails, with this message. */
    record FailJob(String message) implements FailurePolicy {}

    /** The pod's index fails. */
    record FailIndex() implements FailurePolicy {}

    static FailurePolicy of(Job job, Pod pod) {
        if (job.getSpec().getPodFailurePolicy() == null
                || job.getSpec().getPodFailurePolicy().getRules() == null) {
            return new Count();
        }
        List<PodFailurePolicyRule> rules = job.getSpec().getPodFailurePolicy().getRules();
        for (int i = 0; i < rules.size(); i++) {
            Optional<String> match = match(rules.get(i), pod);
            if (match.isPresent()) {
                return switch (rules.get(i).getAction()) {
                    case "Ignore" -> new Ignore();
                    case "FailIndex" -> new FailIndex();
                    case "FailJob" -> new FailJob(match.get() + " matching FailJob rule at index " + i);
                    default -> new Count();
                };
            }
        }
        return new Count();
    }

    private static Optional<String> match(PodFailurePolicyRule rule, Pod pod) {
        String key = pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
        if (rule.getOnExitCodes() != null) {
            return statuses(pod).stream()
                    .filter(status -> matches(rule.getOnExitCodes(), status))
                    .map(status -> "Container " + status.getName() + " for pod " + key + " failed with exit code "
                            + status.getState().getTerminated().getExitCode())
                    .findFirst();
        }
        List<PodFailurePolicyOnPodConditionsPattern> patterns =
                rule.getOnPodConditions() == null ? List.of() : rule.getOnPodConditions();
        List<PodCondition> conditions =
                pod.getStatus() == null || pod.getStatus().getConditions() == null
                        ? List.of()
                        : pod.getStatus().getConditions();
        return conditions.stream()
                .filter(condition -> patterns.stream()
                        .anyMatch(pattern -> pattern.getType().equals(condition.getType())
                                && pattern.getStatus().equals(condition.getStatus())))
                .map(condition -> "Pod " + key + " has condition " + condition.getType())
                .findFirst();
    }

    private static List<ContainerStatus> statuses(Pod pod) {
        List<ContainerStatus> statuses = new ArrayList<>();
        if (pod.getStatus() != null) {
            if (pod.getStatus().getContainerStatuses() != null) {
                statuses.addAll(pod.getStatus().getContainerStatuses());
            }
            if (pod.getStatus().getInitContainerStatuses() != null) {
                statuses.addAll(pod.getStatus().getInitContainerStatuses());
            }
        }
        return statuses;
    }

    private static boolean matches(PodFailurePolicyOnExitCodesRequirement wanted, ContainerStatus status) {
        boolean named =
                wanted.getContainerName() == null || wanted.getContainerName().equals(status.getName());
        if (!named || status.getState() == null || status.getState().getTerminated() == null) {
            return false;
        }
        int code = status.getState().getTerminated().getExitCode();
        boolean in = wanted.getValues().contains(code);
        return code != 0 && (wanted.getOperator().equals("In") == in);
    }
}
