package io.argosy.controllermanager.deployment;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.request.ObjectJson;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.Reconciler;
import io.argosy.controllermanager.ownership.Claimer;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Takes one deployment a step further. */
final class DeploymentReconciler implements Reconciler<ObjectKey> {

    private final ControllerContext context;
    private final Informer<Deployment> deployments;
    private final Informer<ReplicaSet> sets;
    private final Informer<Pod> pods;
    private final DeploymentActions actions;

    DeploymentReconciler(
            ControllerContext context,
            Informer<Deployment> deployments,
            Informer<ReplicaSet> sets,
            Informer<Pod> pods) {
        this.context = context;
        this.deployments = deployments;
        this.sets = sets;
        this.pods = pods;
        this.actions = new DeploymentActions(context);
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        Optional<Deployment> found = deployments.get(key);
        if (found.isEmpty()) {
            return Outcome.DONE;
        }
        Deployment deployment = found.get();
        if (Selectors.of(deployment.getSpec().getSelector()).isEverything()) {
            context.events()
                    .warning(
                            deployment,
                            "SelectingAll",
                            "This deployment is selecting all pods. A non-empty selector is required.");
            return Outcome.DONE;
        }
        List<ReplicaSet> owned = Claimer.claim(
                context.client().resource(Deployment.class),
                context.client().resource(ReplicaSet.class),
                deployment,
                Selectors.of(deployment.getSpec().getSelector()),
                sets.list(key.namespace()));
        DeploymentPlanner first = new DeploymentPlanner(deployment, owned, false);
        boolean oldPodsRun = first.old().stream().anyMatch(this::hasPods);
        DeploymentPlanner planner = new DeploymentPlanner(deployment, owned, oldPodsRun);
        List<DeploymentAction> plan = planner.plan();
        plan.forEach(action -> actions.act(deployment, action));
        Deployment noted = actions.noteRevision(deployment, planner);
        return writeStatus(
                noted,
                new DeploymentStatuses(
                        deployment, owned, planner.current(), context.clock().instant()));
    }

    private boolean hasPods(ReplicaSet set) {
        return pods.byIndex(Pods.BY_OWNER, set.getMetadata().getUid()).stream().anyMatch(pod -> !Pods.isFinished(pod));
    }

    private Outcome writeStatus(Deployment deployment, DeploymentStatuses statuses) {
        DeploymentStatus status = statuses.status();
        if (!status.equals(deployment.getStatus())) {
            Deployment next = ObjectJson.copy(deployment);
            next.setStatus(status);
            actions.writeStatus(next);
        }
        Optional<Duration> deadline = statuses.untilDeadline(status).filter(Duration::isPositive);
        return deadline.map(Outcome::later).orElse(Outcome.DONE);
    }
}
