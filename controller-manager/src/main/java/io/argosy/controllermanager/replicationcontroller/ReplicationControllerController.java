package io.argosy.controllermanager.replicationcontroller;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.controllermanager.ownership.Wake;
import io.argosy.controllermanager.pod.Pods;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ReplicationController;

/** Watches ReplicationControllers and their pods. */
public final class ReplicationControllerController implements Controller {

    private final ReconcileLoop<ObjectKey> loop;

    public ReplicationControllerController(ControllerContext context, int workers) {
        Informer<ReplicationController> sets = context.informers().informer(ReplicationController.class);
        Informer<Pod> pods = context.informers().informer(Pod.class);
        Pods.indexByOwner(pods);
        loop = context.loop("replicationmanager", workers, new ReplicationReconciler(context, sets, pods));
        sets.addHandler(ReconcileLoop.keys(loop));
        pods.addHandler(new Wake<>(sets, ReplicationReconciler::selector, loop::add));
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }
}
