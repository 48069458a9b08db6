package io.argosy.controllermanager.deployment;

import io.argosy.apimodel.status.ApiException;
import io.argosy.client.request.DeleteOptions;
import io.argosy.client.request.ObjectJson;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.ownership.Selectors;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does what the planner decided; each write has the version that the decision was made on. */
final class DeploymentActions {

    private final ControllerContext context;

    DeploymentActions(ControllerContext context) {
        this.context = context;
    }

    void act(Deployment deployment, DeploymentAction action) {
        switch (action) {
            case DeploymentAction.Create(ReplicaSet set) -> create(deployment, set);
            case DeploymentAction.Annotate(ReplicaSet set) ->
                context.client().resource(ReplicaSet.class).update(set);
            case DeploymentAction.Scale(ReplicaSet set, int from, int to) -> {
                context.client().resource(ReplicaSet.class).update(set);
                told(deployment, set, from, to);
            }
            case DeploymentAction.Remove(ReplicaSet set) -> remove(set);
        }
    }

    private void told(Deployment deployment, ReplicaSet set, int from, int to) {
        if (from != to) {
            context.events()
                    .normal(
                            deployment,
                            "ScalingReplicaSet",
                            "Scaled " + (to > from ? "up" : "down") + " replica set "
                                    + set.getMetadata().getName() + " from " + from + " to " + to);
        }
    }

    private void create(Deployment deployment, ReplicaSet set) {
        try {
            context.client().resource(ReplicaSet.class).create(set);
            told(deployment, set, 0, RolloutMath.replicas(set));
        } catch (ApiException e) {
            if (e.reason().equals("AlreadyExists")) {
                collided(deployment, set);
                return;
            }
            context.events()
                    .warning(
                            deployment,
                            "ReplicaSetCreateError",
                            "Failed to create new replica set \""
                                    + set.getMetadata().getName() + "\": " + e.message());
            throw e;
        }
    }

    /** Either the cache has not seen our own set yet, or another template has the same hash. */
    private void collided(Deployment deployment, ReplicaSet set) {
        Optional<ReplicaSet> there = context.client().resource(ReplicaSet.class).find(ResourceType.keyOf(set));
        boolean ours = there.isPresent()
                && Owners.isControlledBy(there.get(), deployment)
                && Revisions.current(deployment, List.of(there.get())).isPresent();
        if (ours) {
            return;
        }
        int collisions = deployment.getStatus() == null
                ? 0
                : RolloutMath.number(deployment.getStatus().getCollisionCount());
        Deployment next = ObjectJson.copy(deployment);
        next.setStatus(next.getStatus() == null ? new DeploymentStatus() : next.getStatus());
        next.getStatus().setCollisionCount(collisions + 1);
        context.client().resource(Deployment.class).updateStatus(next);
        throw ApiException.conflict(
                ResourceType.of(Deployment.class).resource().groupResource(),
                deployment.getMetadata().getName(),
                "another replica set has the name of the new one, trying a new name");
    }

    private void remove(ReplicaSet set) {
        try {
            context.client()
                    .resource(ReplicaSet.class)
                    .delete(
                            ResourceType.keyOf(set),
                            DeleteOptions.ofUid(set.getMetadata().getUid())
                                    .withResourceVersion(set.getMetadata().getResourceVersion())
                                    .withPropagation("Background"));
        } catch (ApiException e) {
            if (!e.is(404)) {
                throw e;
            }
        }
    }

    /** The deployment says which revision its template is; returns it as it is then. */
    Deployment noteRevision(Deployment deployment, DeploymentPlanner planner) {
        String revision = Long.toString(planner.revision());
        if (Owners.isDeleting(deployment)
                || revision.equals(Selectors.annotations(deployment).get(Revisions.REVISION))) {
            return deployment;
        }
        Deployment next = ObjectJson.copy(deployment);
        Map<String, String> annotations = new LinkedHashMap<>(Selectors.annotations(deployment));
        annotations.put(Revisions.REVISION, revision);
        next.getMetadata().setAnnotations(annotations);
        return context.client().resource(Deployment.class).update(next);
    }

    void writeStatus(Deployment next) {
        context.client().resource(Deployment.class).updateStatus(next);
    }
}
