package io.argosy.controllermanager.deployment;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers of a rollout. */
final class RolloutMath {

    private RolloutMath() {}

    static boolean isRolling(Deployment deployment) {
        return deployment.getSpec().getStrategy() == null
                || !"Recreate".equals(deployment.getSpec().getStrategy().getType());
    }

    static int wanted(Deployment deployment) {
        return deployment.getSpec().getReplicas() == null
                ? 1
                : deployment.getSpec().getReplicas();
    }

    /** How many pods more than wanted there may be. */
    static int maxSurge(Deployment deployment) {
        if (!isRolling(deployment)
                || deployment.getSpec().getStrategy() == null
                || deployment.getSpec().getStrategy().getRollingUpdate() == null) {
            return 0;
        }
        return scaled(deployment.getSpec().getStrategy().getRollingUpdate().getMaxSurge(), wanted(deployment), true);
    }

    /** How many of the wanted pods may be missing; one at least when nothing else lets the rollout go on. */
    static int maxUnavailable(Deployment deployment) {
        int wanted = wanted(deployment);
        if (!isRolling(deployment) || wanted == 0) {
            return 0;
        }
        if (deployment.getSpec().getStrategy() == null
                || deployment.getSpec().getStrategy().getRollingUpdate() == null) {
            return 0;
        }
        int allowed =
                scaled(deployment.getSpec().getStrategy().getRollingUpdate().getMaxUnavailable(), wanted, false);
        if (allowed == 0 && maxSurge(deployment) == 0) {
            allowed = 1;
        }
        return Math.min(allowed, wanted);
    }

    private static int scaled(@Nullable IntOrString value, int of, boolean up) {
        if (value == null) {
            return 0;
        }
        if (value.getIntVal() != null) {
            return value.getIntVal();
        }
        String text = value.getStrVal();
        if (text == null || !text.matches("\\d+%")) {
            return 0;
        }
        double share = Integer.parseInt(text.substring(0, text.length() - 1)) * (double) of / 100;
        return (int) (up ? Math.ceil(share) : Math.floor(share));
    }

    static int replicas(ReplicaSet set) {
        return set.getSpec().getReplicas() == null ? 1 : set.getSpec().getReplicas();
    }

    static int available(ReplicaSet set) {
        return set.getStatus() == null ? 0 : number(set.getStatus().getAvailableReplicas());
    }

    static int ready(ReplicaSet set) {
        return set.getStatus() == null ? 0 : number(set.getStatus().getReadyReplicas());
    }

    static int actual(ReplicaSet set) {
        return set.getStatus() == null ? 0 : number(set.getStatus().getReplicas());
    }

    static int terminating(ReplicaSet set) {
        return set.getStatus() == null ? 0 : number(set.getStatus().getTerminatingReplicas());
    }

    static int number(@Nullable Integer value) {
        return value == null ? 0 : value;
    }

    static int total(List<ReplicaSet> sets) {
        return sets.stream().mapToInt(RolloutMath::replicas).sum();
    }
}
