package io.argosy.controllermanager.daemonset;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.controllermanager.ownership.Wake;
import io.argosy.controllermanager.pod.Pods;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;

/** Watches DaemonSets, their pods and revisions, and what of nodes decides where pods go. */
public final class DaemonSetController implements Controller {

    private final ReconcileLoop<ObjectKey> loop;

    public DaemonSetController(ControllerContext context, int workers) {
        Informer<DaemonSet> sets = context.informers().informer(DaemonSet.class);
        Informer<Pod> pods = context.informers().informer(Pod.class);
        Informer<Node> nodes = context.informers().informer(Node.class);
        Informer<ControllerRevision> revisions = context.informers().informer(ControllerRevision.class);
        Pods.indexByOwner(pods);
        loop = context.loop("daemonset", workers, new DaemonSetReconciler(context, sets, pods, nodes, revisions));
        sets.addHandler(ReconcileLoop.keys(loop));
        pods.addHandler(new Wake<>(sets, set -> Selectors.of(set.getSpec().getSelector()), loop::add));
        revisions.addHandler(new Wake<>(sets, set -> Selectors.of(set.getSpec().getSelector()), loop::add));
        nodes.addHandler(new ResourceHandler<>() {
            @Override
            public void added(Node node, boolean initial) {
                all();
            }

            @Override
            public void updated(Node before, Node after) {
                boolean same = Selectors.labels(before).equals(Selectors.labels(after))
                        && before.getSpec().getTaints().equals(after.getSpec().getTaints());
                if (!same) {
                    all();
                }
            }

            @Override
            public void deleted(Node last) {
                all();
            }

            private void all() {
                sets.list().forEach(set -> loop.add(ResourceType.keyOf(set)));
            }
        });
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }
}
