package io.argosy.apimodel.quota;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.quantity.Quantity;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Services: their number, those with load balancers, and their node ports. */
final class ServiceEvaluator implements Evaluator {

    private static final GroupResource SERVICES = new GroupResource("", "services");
    private static final String COUNT = Names.count(SERVICES);
    private static final String NODE_PORTS = "services.nodeports";
    private static final String LOAD_BALANCERS = "services.loadbalancers";
    private static final Set<String> LIMITED = Set.of(COUNT, "services", NODE_PORTS, LOAD_BALANCERS);

    @Override
    public GroupResource resource() {
        return SERVICES;
    }

    @Override
    public Set<String> matching(Set<String> names) {
        return Names.among(names, LIMITED::contains);
    }

    @Override
    public Amounts usage(ObjectValue service, Instant now) {
        boolean balanced = type(service).equals("LoadBalancer");
        return Amounts.of(Map.of(
                COUNT,
                Quantity.of(1),
                "services",
                Quantity.of(1),
                LOAD_BALANCERS,
                Quantity.of(balanced ? 1 : 0),
                NODE_PORTS,
                Quantity.of(nodePorts(service))));
    }

    private static long nodePorts(ObjectValue service) {
        ArrayValue ports = service.array("spec", "ports").orElseGet(ArrayValue::new);
        return switch (type(service)) {
            case "NodePort" -> ports.size();
            case "LoadBalancer" ->
                service.at("spec", "allocateLoadBalancerNodePorts").equals(Optional.of(BooleanValue.FALSE))
                        ? ports.objects()
                                .filter(port -> port.integer("nodePort").orElse(0L) != 0)
                                .count()
                        : ports.size();
            default -> 0;
        };
    }

    private static String type(ObjectValue service) {
        return service.string("spec", "type").orElse("");
    }

    @Override
    public boolean charges(String subresource, Optional<ObjectValue> old, ObjectValue service) {
        return subresource.isEmpty();
    }

    @Override
    public boolean frees(ObjectValue before, ObjectValue after, Instant now) {
        return !charged(before).equals(charged(after));
    }

    private static String charged(ObjectValue service) {
        String type = type(service);
        return type.equals("NodePort") || type.equals("LoadBalancer") ? type : "";
    }
}
