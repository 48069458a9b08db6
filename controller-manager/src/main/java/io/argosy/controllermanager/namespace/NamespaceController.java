package io.argosy.controllermanager.namespace;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.InformerScope;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.Namespace;
import java.time.Duration;

/** Watches namespaces, and looks at all of them again from time to time. */
public final class NamespaceController implements Controller {

    private final ReconcileLoop<ObjectKey> loop;

    public NamespaceController(ControllerContext context, int workers, Duration resync) {
        Informer<Namespace> namespaces = context.informers().informer(Namespace.class, InformerScope.ALL);
        loop = context.loop(workers, new NamespaceReconciler(context, namespaces, resync));
        namespaces.addHandler(ReconcileLoop.keys(loop));
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }
}
