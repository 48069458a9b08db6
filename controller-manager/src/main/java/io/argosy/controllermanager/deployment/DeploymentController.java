package io.argosy.controllermanager.deployment;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.controllermanager.pod.Pods;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Optional;

/** Watches Deployments and ReplicaSets, and for Recreate the end of pods. */
public final class DeploymentController implements Controller {

    private final Informer<Deployment> deployments;
    private final Informer<ReplicaSet> sets;
    private final ReconcileLoop<ObjectKey> loop;

    public DeploymentController(ControllerContext context, int workers) {
        deployments = context.informers().informer(Deployment.class);
        sets = context.informers().informer(ReplicaSet.class);
        Informer<Pod> pods = context.informers().informer(Pod.class);
        Pods.indexByOwner(pods);
        loop = context.loop(workers, new DeploymentReconciler(context, deployments, sets, pods));
        deployments.addHandler(ReconcileLoop.keys(loop));
        sets.addHandler(new ResourceHandler<>() {
            @Override
            public void added(ReplicaSet set, boolean initial) {
                wake(set);
            }

            @Override
            public void updated(ReplicaSet before, ReplicaSet after) {
                if (!Owners.controllerUid(before).equals(Owners.controllerUid(after))) {
                    wake(before);
                }
                wake(after);
            }

            @Override
            public void deleted(ReplicaSet last) {
                wake(last);
            }
        });
        pods.addHandler(new ResourceHandler<>() {
            @Override
            public void added(Pod pod, boolean initial) {}

            @Override
            public void updated(Pod before, Pod after) {
                if (Pods.isFinished(after) && !Pods.isFinished(before)) {
                    ended(after);
                }
            }

            @Override
            public void deleted(Pod last) {
                ended(last);
            }
        });
    }

    private void wake(ReplicaSet set) {
        String namespace = set.getMetadata().getNamespace();
        Optional<OwnerReference> owner = Owners.controllerOf(set);
        if (owner.isPresent()) {
            if (owner.get().getKind().equals("Deployment")) {
                loop.add(new ObjectKey(namespace, owner.get().getName()));
            }
            return;
        }
        for (Deployment deployment : deployments.list(namespace)) {
            if (Selectors.matches(Selectors.of(deployment.getSpec().getSelector()), set)) {
                loop.add(new ObjectKey(namespace, deployment.getMetadata().getName()));
            }
        }
    }

    /** Recreate waits for the last old pod. */
    private void ended(Pod pod) {
        Owners.controllerOf(pod)
                .filter(owner -> owner.getKind().equals("ReplicaSet"))
                .flatMap(owner -> sets.get(new ObjectKey(pod.getMetadata().getNamespace(), owner.getName())))
                .flatMap(Owners::controllerOf)
                .flatMap(
                        owner -> deployments.get(new ObjectKey(pod.getMetadata().getNamespace(), owner.getName())))
                .filter(deployment -> !RolloutMath.isRolling(deployment))
                .ifPresent(deployment -> loop.add(new ObjectKey(
                        deployment.getMetadata().getNamespace(),
                        deployment.getMetadata().getName())));
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }
}
