package io.argosy.controllermanager.statefulset;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.controllermanager.ownership.Wake;
import io.argosy.controllermanager.pod.Pods;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;

/** Watches StatefulSets and their pods. */
public final class StatefulSetController implements Controller {

    private final ReconcileLoop<ObjectKey> loop;

    public StatefulSetController(ControllerContext context, int workers) {
        Informer<StatefulSet> sets = context.informers().informer(StatefulSet.class);
        Informer<Pod> pods = context.informers().informer(Pod.class);
        Informer<PersistentVolumeClaim> claims = context.informers().informer(PersistentVolumeClaim.class);
        Informer<ControllerRevision> revisions = context.informers().informer(ControllerRevision.class);
        Pods.indexByOwner(pods);
        loop = context.loop("statefulset", workers, new StatefulSetReconciler(context, sets, pods, claims, revisions));
        sets.addHandler(ReconcileLoop.keys(loop));
        pods.addHandler(new Wake<>(sets, set -> Selectors.of(set.getSpec().getSelector()), loop::add));
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }
}
