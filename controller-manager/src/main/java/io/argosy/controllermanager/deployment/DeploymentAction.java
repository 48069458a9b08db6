package io.argosy.controllermanager.deployment;

import io.fabric8.kubernetes.api.model.apps.ReplicaSet;

/** One step of a rollout. */
sealed interface DeploymentAction {

    /** Makes the set of the present template. */
    record Create(ReplicaSet set) implements DeploymentAction {}

    /** Brings a set's annotations, and its minReadySeconds, up to date. */
    record Annotate(ReplicaSet set) implements DeploymentAction {}

    /** Sets a set's replicas. */
    record Scale(ReplicaSet set, int from, int to) implements DeploymentAction {}

    /** Removes a set of an old revision. */
    record Remove(ReplicaSet set) implements DeploymentAction {}
}
