package io.argosy.kubelet.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerRestartRule;
import io.fabric8.kubernetes.api.model.Pod;

/** Whether a container that has ended starts again. Pure. */
public final class RestartRules {

    private RestartRules() {}

    /**
     * By the container's own rules, then its own policy, then that of the pod.
     *
     * <p>Source: KEP-5307, container restart policy.
     */
    public static boolean restartsAfter(Pod pod, Container container, int exitCode) {
        for (ContainerRestartRule rule : PodView.orEmpty(container.getRestartPolicyRules())) {
            if (rule.getExitCodes() != null && matches(rule, exitCode)) {
                return true;
            }
        }
        String policy = policy(pod, container);
        return switch (policy) {
            case "Never" -> false;
            case "OnFailure" -> exitCode != 0;
            default -> true;
        };
    }

    private static boolean matches(ContainerRestartRule rule, int exitCode) {
        boolean listed = PodView.orEmpty(rule.getExitCodes().getValues()).contains(exitCode);
        return "NotIn".equals(rule.getExitCodes().getOperator()) != listed;
    }

    private static String policy(Pod pod, Container container) {
        String own = container.getRestartPolicy();
        if (own != null && !own.isEmpty()) {
            return own;
        }
        String policy = PodView.restartPolicy(pod);
        // An init container of a pod that restarts always has done its work when it ends well.
        boolean init = PodView.inits(pod).stream().anyMatch(c -> c.getName().equals(container.getName()));
        return init && policy.equals("Always") ? "OnFailure" : policy;
    }

    /** Whether a failure of this container could ever be followed by another start. */
    public static boolean restartsAfterFailure(Pod pod, Container container) {
        return restartsAfter(pod, container, 1);
    }

    /** Whether a main container is to be started, given the newest of its name. */
    public static boolean shouldStart(Pod pod, Container container, ObservedPod observed) {
        if (PodView.isDeleted(pod)) {
            return false;
        }
        return observed.newest(container.getName())
                .map(seen -> switch (seen.state()) {
                    case RUNNING -> false;
                    case CREATED, UNKNOWN -> true;
                    case EXITED -> restartsAfter(pod, container, seen.exitCode());
                })
                .orElse(true);
    }
}
