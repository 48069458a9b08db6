package io.argosy.apiserver.registry.service;

import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.registry.StrategyContext;
import io.argosy.apiserver.registry.lifecycle.Lifecycle;
import io.argosy.apiserver.registry.lifecycle.LifecycleStrategy;
import io.argosy.apiserver.registry.lifecycle.Trees;
import io.argosy.apiserver.registry.lifecycle.Validation;
import java.util.List;

/** Writes to Services: the two forms of the cluster address agree, and what a new type does not use goes. */
public final class ServiceStrategy extends LifecycleStrategy {

    public ServiceStrategy(Lifecycle lifecycle, Validation validation) {
        super(lifecycle, validation);
    }

    @Override
    public void prepareForCreate(StrategyContext context, ObjectValue object) {
        super.prepareForCreate(context, object);
        ServiceView service = new ServiceView(object);
        if (service.clusterIps().isEmpty() && !service.clusterIp().isEmpty()) {
            service.setClusterIps(List.of(service.clusterIp()));
        }
        object.put("status", new ObjectValue().put("loadBalancer", new ObjectValue()));
    }

    @Override
    public void prepareForUpdate(StrategyContext context, ObjectValue object, ObjectValue old) {
        super.prepareForUpdate(context, object, old);
        ServiceView service = new ServiceView(object);
        ServiceView before = new ServiceView(old);
        agree(service, before);
        keepAllocated(service, before);
        dropUnused(service, before);
    }

    /** A change of one of {@code clusterIP} and {@code clusterIPs} is a change of both. */
    private static void agree(ServiceView service, ServiceView before) {
        String single = service.clusterIp();
        List<String> list = service.clusterIps();
        boolean singleChanged = !single.equals(before.clusterIp());
        boolean listChanged = !list.equals(before.clusterIps());
        if (singleChanged && !listChanged) {
            service.spec().remove("clusterIPs");
            if (!single.isEmpty()) {
                service.setClusterIps(List.of(single));
            }
        } else if (listChanged && list.isEmpty() && !single.isEmpty() && !singleChanged) {
            service.setClusterIps(before.clusterIps());
        }
    }

    /** Fields that the server filled stay when an update leaves them out. */
    private static void keepAllocated(ServiceView service, ServiceView before) {
        if (!service.externalName() && !before.externalName()) {
            if (service.clusterIp().isEmpty() && service.clusterIps().isEmpty()) {
                service.setClusterIps(before.clusterIps());
            }
        }
        if (service.hasNodePorts() && before.hasNodePorts()) {
            service.ports().stream()
                    .filter(port -> port.integer("nodePort").orElse(0L) == 0)
                    .forEach(port -> keepNodePort(port, before));
        }
        if (service.needsHealthCheckPort() && before.needsHealthCheckPort() && service.healthCheckPort() == 0) {
            service.spec().put("healthCheckNodePort", before.healthCheckPort());
        }
    }

    private static void keepNodePort(ObjectValue port, ServiceView before) {
        before.ports().stream()
                .filter(other -> other.string("protocol").equals(port.string("protocol"))
                        && other.integer("port").equals(port.integer("port")))
                .flatMap(other -> other.integer("nodePort").stream())
                .filter(number -> number != 0)
                .findFirst()
                .ifPresent(number -> port.put("nodePort", number));
    }

    private static void dropUnused(ServiceView service, ServiceView before) {
        ObjectValue spec = service.spec();
        ObjectValue oldSpec = before.spec();
        if (!before.externalName() && service.externalName()) {
            if (same(spec, oldSpec, "clusterIPs") && same(spec, oldSpec, "clusterIP")) {
                spec.remove("clusterIP");
                spec.remove("clusterIPs");
            }
            dropIfSame(spec, oldSpec, "ipFamilies");
            dropIfSame(spec, oldSpec, "ipFamilyPolicy");
        }
        if (before.hasNodePorts()
                && !service.hasNodePorts()
                && service.nodePorts().equals(before.nodePorts())) {
            service.ports().forEach(port -> port.remove("nodePort"));
        }
        if (before.needsHealthCheckPort() && !service.needsHealthCheckPort()) {
            dropIfSame(spec, oldSpec, "healthCheckNodePort");
        }
        if (before.type().equals("LoadBalancer") && !service.type().equals("LoadBalancer")) {
            dropIfSame(spec, oldSpec, "allocateLoadBalancerNodePorts");
            dropIfSame(spec, oldSpec, "loadBalancerClass");
        }
        if (before.externallyAccessible() && !service.externallyAccessible()) {
            dropIfSame(spec, oldSpec, "externalTrafficPolicy");
        }
        if (!service.type().equals("LoadBalancer")) {
            service.service().objectOrNew("status").put("loadBalancer", new ObjectValue());
        }
    }

    private static boolean same(ObjectValue spec, ObjectValue oldSpec, String field) {
        return Trees.same(spec.at(field), oldSpec.at(field));
    }

    private static void dropIfSame(ObjectValue spec, ObjectValue oldSpec, String field) {
        if (same(spec, oldSpec, field)) {
            spec.remove(field);
        }
    }
}
