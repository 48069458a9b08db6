package io.argosy.controllermanager.manager;

import io.argosy.controllermanager.deployment.DeploymentController;
import io.argosy.controllermanager.endpointslice.EndpointSliceController;
import io.argosy.controllermanager.garbage.GarbageCollector;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.namespace.NamespaceController;
import io.argosy.controllermanager.replicaset.ReplicaSetController;
import io.argosy.controllermanager.serviceaccount.RootCaPublisher;
import io.argosy.controllermanager.serviceaccount.ServiceAccountController;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The list: every controller by its name, and how it is made. Empty where the configuration gives it nothing to do. */
final class ControllerList {

    private ControllerList() {}

    static Map<String, Function<ControllerContext, Optional<Controller>>> of(ManagerConfig config) {
        Map<String, Function<ControllerContext, Optional<Controller>>> list = new LinkedHashMap<>();
        ManagerConfig.Workers workers = config.workers();
        list.put("serviceaccount-controller", c -> Optional.of(new ServiceAccountController(c)));
        list.put(
                "root-ca-certificate-publisher-controller",
                c -> config.rootCertificates().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new RootCaPublisher(c, config.rootCertificates())));
        list.put("deployment-controller", c -> Optional.of(new DeploymentController(c, workers.deployment())));
        list.put("replicaset-controller", c -> Optional.of(new ReplicaSetController(c, workers.replicaSet())));
        list.put(
                "namespace-controller",
                c -> Optional.of(new NamespaceController(c, workers.namespace(), config.namespaceResync())));
        list.put(
                "garbage-collector-controller",
                c -> config.garbageCollector()
                        ? Optional.of(new GarbageCollector(c, workers.gc()))
                        : Optional.empty());
        list.put(
                "endpointslice-controller",
                c -> Optional.of(
                        new EndpointSliceController(c, workers.endpointSlice(), config.maxEndpointsPerSlice())));
        return list;
    }
}
