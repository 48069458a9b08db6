package io.argosy.controllermanager.endpointslice;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;

/** Watches Endpoints, Services and the slices that were made of them. */
public final class MirroringController implements Controller {

    private final ReconcileLoop<ObjectKey> loop;

    /** @param most endpoints of a slice */
    public MirroringController(ControllerContext context, int workers, int most) {
        Informer<Service> services = context.informers().informer(Service.class);
        Informer<Endpoints> endpoints = context.informers().informer(Endpoints.class);
        Informer<EndpointSlice> slices = context.informers().informer(EndpointSlice.class);
        slices.addIndex(EndpointSliceReconciler.BY_SERVICE, EndpointSliceController::service);
        loop = context.loop(
                "endpoint_slice_mirroring",
                workers,
                new MirroringReconciler(context, services, endpoints, slices, most));
        services.addHandler(ReconcileLoop.keys(loop));
        endpoints.addHandler(ReconcileLoop.keys(loop));
        slices.addHandler(ResourceHandler.any(slice -> {
            boolean ours =
                    MirroringReconciler.MANAGER.equals(Selectors.labels(slice).get(EndpointSliceReconciler.MANAGED_BY));
            if (ours) {
                EndpointSliceController.service(slice).forEach(key -> loop.add(ObjectKey.parse(key)));
            }
        }));
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }
}
