package io.argosy.controllermanager.endpoints;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.endpointslice.ServiceSelection;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;

/** Watches Services, pods, and the Endpoints themselves: those that are left over from a service go at the start. */
public final class EndpointsController implements Controller {

    private static final String LEADER = "control-plane.alpha.kubernetes.io/leader";

    private final ReconcileLoop<ObjectKey> loop;
    private final Informer<Endpoints> endpoints;
    private final Informer<Service> services;

    public EndpointsController(ControllerContext context, int workers) {
        services = context.informers().informer(Service.class);
        Informer<Pod> pods = context.informers().informer(Pod.class);
        endpoints = context.informers().informer(Endpoints.class);
        loop = context.loop("endpoint", workers, new EndpointsReconciler(context, services, pods, endpoints));
        services.addHandler(ReconcileLoop.keys(loop));
        pods.addHandler(new ServiceSelection(services, loop::add));
        endpoints.addHandler(new ResourceHandler<>() {
            @Override
            public void added(Endpoints object, boolean initial) {}

            @Override
            public void updated(Endpoints before, Endpoints after) {}

            @Override
            public void deleted(Endpoints last) {
                ObjectKey key = ResourceType.keyOf(last);
                if (services.get(key).isPresent()) {
                    loop.add(key);
                }
            }
        });
    }

    @Override
    public void start(TaskScope tasks) {
        for (Endpoints left : endpoints.list()) {
            boolean lock = Selectors.annotations(left).containsKey(LEADER);
            if (!lock && services.get(ResourceType.keyOf(left)).isEmpty()) {
                loop.add(ResourceType.keyOf(left));
            }
        }
        loop.start(tasks);
    }
}
