package io.argosy.controllermanager.ttl;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.request.Patch;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.Node;
import java.util.Map;
import java.util.Optional;

/** Tells kubelets by an annotation how long to cache Secrets and ConfigMaps: the longer, the larger the cluster is. */
public final class NodeTtlController implements Controller {

    private static final String ANNOTATION = "node.alpha.kubernetes.io/ttl";

    private final ControllerContext context;
    private final Informer<Node> nodes;
    private final ReconcileLoop<ObjectKey> loop;

    public NodeTtlController(ControllerContext context) {
        this.context = context;
        nodes = context.informers().informer(Node.class);
        loop = context.loop("ttlcontroller", 5, this::reconcile);
        nodes.addHandler(ReconcileLoop.keys(loop));
    }

    /** Seconds for a cluster of that many nodes. */
    static int seconds(int size) {
        if (size <= 100) {
            return 0;
        }
        if (size <= 500) {
            return 15;
        }
        if (size <= 1000) {
            return 30;
        }
        return size <= 2000 ? 60 : 300;
    }

    private Outcome reconcile(ObjectKey key) {
        Optional<Node> node = nodes.get(key);
        String wanted = Integer.toString(seconds(nodes.list().size()));
        if (node.isEmpty() || wanted.equals(Selectors.annotations(node.get()).get(ANNOTATION))) {
            return Outcome.DONE;
        }
        context.client()
                .resource(Node.class)
                .patch(key, Patch.merge(Map.of("metadata", Map.of("annotations", Map.of(ANNOTATION, wanted)))));
        return Outcome.DONE;
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }
}
