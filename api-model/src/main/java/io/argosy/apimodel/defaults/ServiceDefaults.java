package io.argosy.apimodel.defaults;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;

/** Services: affinity, ports and traffic policies. Addresses, families and node ports are allotted elsewhere. */
final class ServiceDefaults {

    private static final long CLIENT_IP_SECONDS = 10_800;

    private ServiceDefaults() {}

    static void fill(ObjectValue service) {
        ObjectValue spec = service.objectOrNew("spec");
        String type = spec.string("type").orElse("");
        fillAffinity(spec);
        spec.array("ports").stream().flatMap(ArrayValue::objects).forEach(ServiceDefaults::fillTargetPort);
        boolean balanced = type.equals("LoadBalancer");
        boolean clusterIp = type.equals("ClusterIP");
        boolean outside = balanced
                || type.equals("NodePort")
                || (clusterIp
                        && spec.array("externalIPs")
                                .filter(ips -> !ips.isEmpty())
                                .isPresent());
        if (outside && spec.string("externalTrafficPolicy").orElse("").isEmpty()) {
            spec.put("externalTrafficPolicy", "Cluster");
        }
        if (!spec.has("internalTrafficPolicy") && (balanced || clusterIp || type.equals("NodePort"))) {
            spec.put("internalTrafficPolicy", "Cluster");
        }
        if (balanced) {
            if (!spec.has("allocateLoadBalancerNodePorts")) {
                spec.put("allocateLoadBalancerNodePorts", true);
            }
            fillIngressModes(service);
        }
    }

    private static void fillAffinity(ObjectValue spec) {
        String affinity = spec.string("sessionAffinity").orElse("");
        if (affinity.equals("None")) {
            spec.remove("sessionAffinityConfig");
        } else if (affinity.equals("ClientIP")
                && spec.at("sessionAffinityConfig", "clientIP", "timeoutSeconds")
                        .isEmpty()) {
            ObjectValue clientIp = new ObjectValue().put("timeoutSeconds", CLIENT_IP_SECONDS);
            spec.put("sessionAffinityConfig", new ObjectValue().put("clientIP", clientIp));
        }
    }

    private static void fillTargetPort(ObjectValue port) {
        Value target = port.at("targetPort").orElse(Value.of(0));
        boolean unset = switch (target) {
            case IntegerValue number -> number.value() == 0;
            case StringValue name -> name.value().isEmpty();
            default -> false;
        };
        if (unset) {
            port.put("targetPort", port.at("port").orElse(Value.of(0)));
        }
    }

    private static void fillIngressModes(ObjectValue service) {
        service.array("status", "loadBalancer", "ingress").stream()
                .flatMap(ArrayValue::objects)
                .filter(ingress -> !ingress.string("ip").orElse("").isEmpty() && !ingress.has("ipMode"))
                .forEach(ingress -> ingress.put("ipMode", "VIP"));
    }
}
