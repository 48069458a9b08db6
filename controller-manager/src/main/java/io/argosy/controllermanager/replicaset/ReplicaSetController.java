package io.argosy.controllermanager.replicaset;

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
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Optional;

/** Watches ReplicaSets and pods; a pod wakes its owner, an orphan the sets that select it. */
public final class ReplicaSetController implements Controller {

    private final Informer<ReplicaSet> sets;
    private final ReconcileLoop<ObjectKey> loop;

    public ReplicaSetController(ControllerContext context, int workers) {
        sets = context.informers().informer(ReplicaSet.class);
        Informer<Pod> pods = context.informers().informer(Pod.class);
        Pods.indexByOwner(pods);
        loop = context.loop(workers, new ReplicaSetReconciler(context, sets, pods));
        sets.addHandler(ReconcileLoop.keys(loop));
        pods.addHandler(new ResourceHandler<>() {
            @Override
            public void added(Pod pod, boolean initial) {
                wake(pod);
            }

            @Override
            public void updated(Pod before, Pod after) {
                if (!Owners.controllerUid(before).equals(Owners.controllerUid(after))) {
                    wake(before);
                }
                wake(after);
            }

            @Override
            public void deleted(Pod last) {
                wake(last);
            }
        });
    }

    private void wake(Pod pod) {
        String namespace = pod.getMetadata().getNamespace();
        Optional<OwnerReference> owner = Owners.controllerOf(pod);
        if (owner.isPresent()) {
            if (owner.get().getKind().equals("ReplicaSet")) {
                loop.add(new ObjectKey(namespace, owner.get().getName()));
            }
            return;
        }
        for (ReplicaSet set : sets.list(namespace)) {
            if (Selectors.matches(Selectors.of(set.getSpec().getSelector()), pod)) {
                loop.add(new ObjectKey(namespace, set.getMetadata().getName()));
            }
        }
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }
}
