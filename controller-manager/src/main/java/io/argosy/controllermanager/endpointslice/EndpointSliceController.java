package io.argosy.controllermanager.endpointslice;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;

/** Watches Services, pods and the slices themselves. */
public final class EndpointSliceController implements Controller {

    private final ReconcileLoop<ObjectKey> loop;

    /** @param most endpoints of a slice */
    public EndpointSliceController(ControllerContext context, int workers, int most) {
        Informer<Service> services = context.informers().informer(Service.class);
        Informer<Pod> pods = context.informers().informer(Pod.class);
        Informer<EndpointSlice> slices = context.informers().informer(EndpointSlice.class);
        Informer<Node> nodes = context.informers().informer(Node.class);
        slices.addIndex(EndpointSliceReconciler.BY_SERVICE, EndpointSliceController::service);
        loop = context.loop(
                "endpoint_slice", workers, new EndpointSliceReconciler(context, services, pods, slices, nodes, most));
        services.addHandler(ReconcileLoop.keys(loop));
        pods.addHandler(new ServiceSelection(services, loop::add));
        slices.addHandler(ResourceHandler.any(slice -> {
            boolean ours = EndpointSliceReconciler.MANAGER.equals(
                    Selectors.labels(slice).get(EndpointSliceReconciler.MANAGED_BY));
            if (ours) {
                service(slice).forEach(key -> loop.add(ObjectKey.parse(key)));
            }
        }));
    }

    static List<String> service(EndpointSlice slice) {
        String name = Selectors.labels(slice).get(EndpointSliceReconciler.SERVICE_NAME);
        return name == null ? List.of() : List.of(slice.getMetadata().getNamespace() + "/" + name);
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }
}
