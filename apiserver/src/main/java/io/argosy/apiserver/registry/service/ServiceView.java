package io.argosy.apiserver.registry.service;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.Optional;

/** Questions about a Service's spec. A view: changes of the tree show. */
record ServiceView(ObjectValue service) {

    static final String NONE = "None";

    ObjectValue spec() {
        return service.objectOrNew("spec");
    }

    String type() {
        return spec().string("type").filter(type -> !type.isEmpty()).orElse("ClusterIP");
    }

    boolean externalName() {
        return type().equals("ExternalName");
    }

    boolean hasNodePorts() {
        return type().equals("NodePort") || type().equals("LoadBalancer");
    }

    boolean needsHealthCheckPort() {
        return type().equals("LoadBalancer")
                && spec().string("externalTrafficPolicy").orElse("").equals("Local");
    }

    /** Whether traffic from outside the cluster may come. */
    boolean externallyAccessible() {
        return hasNodePorts()
                || (type().equals("ClusterIP")
                        && spec().array("externalIPs")
                                .map(ips -> !ips.isEmpty())
                                .orElse(false));
    }

    boolean allocatesNodePorts() {
        return type().equals("NodePort")
                || (type().equals("LoadBalancer")
                        && !spec().at("allocateLoadBalancerNodePorts")
                                .map(BooleanValue.FALSE::equals)
                                .orElse(false));
    }

    boolean headless() {
        return clusterIps().stream().findFirst().orElse(clusterIp()).equals(NONE);
    }

    String clusterIp() {
        return spec().string("clusterIP").orElse("");
    }

    List<String> clusterIps() {
        return strings("clusterIPs");
    }

    List<String> families() {
        return strings("ipFamilies");
    }

    Optional<String> familyPolicy() {
        return spec().string("ipFamilyPolicy");
    }

    boolean selectorless() {
        return spec().object("selector").map(ObjectValue::isEmpty).orElse(true);
    }

    List<ObjectValue> ports() {
        return spec().array("ports").map(ports -> ports.objects().toList()).orElse(List.of());
    }

    List<Integer> nodePorts() {
        return ports().stream()
                .map(port -> port.integer("nodePort").orElse(0L).intValue())
                .filter(port -> port != 0)
                .toList();
    }

    int healthCheckPort() {
        return spec().integer("healthCheckNodePort").orElse(0L).intValue();
    }

    private List<String> strings(String field) {
        return spec().array(field).map(array -> array.strings().toList()).orElse(List.of());
    }

    void setClusterIps(List<String> ips) {
        setStrings("clusterIPs", ips);
        if (ips.isEmpty() || ips.getFirst().isEmpty()) {
            spec().remove("clusterIP");
        } else {
            spec().put("clusterIP", ips.getFirst());
        }
    }

    void setFamilies(List<String> families) {
        setStrings("ipFamilies", families);
    }

    private void setStrings(String field, List<String> values) {
        if (values.isEmpty()) {
            spec().remove(field);
        } else {
            spec().put(field, ArrayValue.ofStrings(values));
        }
    }
}
