package io.argosy.apiserver.registry.service;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Rules;
import io.argosy.apiserver.registry.check.Selectors;
import io.argosy.apiserver.registry.check.Spot;
import io.argosy.apiserver.registry.core.AddressRules;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules of services, but for those that the allocation of addresses and ports checks itself. */
public final class ServiceRules {

    public static final Rules SERVICES = Rules.of(ServiceRules::service).onUpdate(ServiceRules::update);

    private static final String LOAD_BALANCER = "LoadBalancer";

    private ServiceRules() {}

    private static void service(Spot service) {
        Spot spec = service.at("spec");
        String type = spec.text("type");
        boolean headless = spec.text("clusterIP").equals("None");
        if (spec.at("ports").empty() && !headless && !type.equals("ExternalName")) {
            spec.at("ports").required("");
        }
        if (headless && (type.equals(LOAD_BALANCER) || type.equals("NodePort"))) {
            Spot address = spec.at("clusterIPs");
            address.add(FieldError.invalid(
                    address.path().index(0), "None", "may not be set to 'None' for " + type + " services"));
        }
        if (type.equals("ExternalName")) {
            externalName(spec);
        }
        ports(spec);
        Selectors.labels(spec.at("selector"));
        affinity(spec);
        for (Spot address : spec.items("externalIPs")) {
            AddressRules.endpoint(address);
        }
        spec.at("type").oneOf("ClusterIP", "ExternalName", LOAD_BALANCER, "NodePort");
        if (!type.equals(LOAD_BALANCER)) {
            loadBalancerOnly(spec);
        }
        for (Spot range : spec.items("loadBalancerSourceRanges")) {
            if (!range.text().isBlank()) {
                AddressRules.cidr(range.named(spec.path().child("LoadBalancerSourceRanges")));
            }
        }
        policies(spec, type);
    }

    private static void externalName(Spot spec) {
        for (String field : List.of("clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
            if (!spec.at(field).empty()) {
                spec.at(field).forbidden("may not be set for ExternalName services");
            }
        }
        Spot name = spec.at("externalName");
        String text =
                name.text().endsWith(".") ? name.text().substring(0, name.text().length() - 1) : name.text();
        if (text.isEmpty()) {
            name.required("");
        } else {
            Names.dns1123Subdomain(text).forEach(why -> name.invalid(Value.of(text), why));
        }
    }

    private static void ports(Spot spec) {
        List<Spot> ports = spec.items("ports");
        Set<String> names = new HashSet<>();
        Set<String> numbers = new HashSet<>();
        Set<String> nodePorts = new HashSet<>();
        for (Spot port : ports) {
            Spot name = port.at("name");
            if (name.empty() && ports.size() > 1) {
                name.required("");
            } else if (!name.empty()) {
                name.obeys(Names::dns1123Label);
                if (!names.add(name.text())) {
                    name.duplicate();
                }
            }
            port.at("port").port();
            port.at("protocol").oneOf("SCTP", "TCP", "UDP");
            if (port.at("targetPort").present()) {
                port.at("targetPort").portOrName();
            }
            port.at("appProtocol").obeys(Names::qualifiedName);
        }
        for (Spot port : ports) {
            String protocol = port.text("protocol");
            Spot nodePort = port.at("nodePort");
            if (nodePort.number() != 0) {
                if (spec.text("type").equals("ClusterIP")) {
                    nodePort.forbidden("may not be used when `type` is 'ClusterIP'");
                }
                if (!nodePorts.add(protocol + nodePort.number())) {
                    nodePort.duplicate();
                }
            }
            if (!numbers.add(protocol + port.number("port"))) {
                ObjectValue key = new ObjectValue().put("protocol", protocol).put("port", port.number("port"));
                port.add(FieldError.duplicate(port.path(), key));
            }
        }
    }

    private static void affinity(Spot spec) {
        spec.at("sessionAffinity").oneOf("ClientIP", "None");
        Spot config = spec.at("sessionAffinityConfig");
        if (spec.text("sessionAffinity").equals("ClientIP")) {
            Spot timeout = config.at("clientIP", "timeoutSeconds");
            if (timeout.present() && (timeout.number() <= 0 || timeout.number() > 86400)) {
                timeout.invalid("must be greater than 0 and less than 86400");
            }
        } else if (config.present()) {
            config.forbidden("must not be set when session affinity is None");
        }
    }

    private static void loadBalancerOnly(Spot spec) {
        String why = "may only be used when `type` is 'LoadBalancer'";
        if (!spec.at("loadBalancerSourceRanges").empty()) {
            spec.at("LoadBalancerSourceRanges").forbidden(why);
        }
        for (String field : List.of("allocateLoadBalancerNodePorts", "loadBalancerClass")) {
            if (spec.at(field).present()) {
                spec.at(field).forbidden(why);
            }
        }
    }

    private static void policies(Spot spec, String type) {
        Spot external = spec.at("externalTrafficPolicy");
        boolean accessible = type.equals(LOAD_BALANCER)
                || type.equals("NodePort")
                || (type.equals("ClusterIP") && !spec.at("externalIPs").empty());
        if (!accessible && !external.empty()) {
            external.invalid("may only be set for externally-accessible services");
        } else {
            external.oneOf("Cluster", "Local");
        }
        spec.at("internalTrafficPolicy").oneOf("Cluster", "Local");
        Spot distribution = spec.at("trafficDistribution");
        if (distribution.present()
                && !List.of("PreferClose", "PreferSameZone", "PreferSameNode").contains(distribution.text())) {
            distribution.notSupported("PreferClose", "PreferSameZone", "PreferSameNode");
        }
        Spot health = spec.at("healthCheckNodePort");
        boolean needsHealth = type.equals(LOAD_BALANCER) && external.text().equals("Local");
        if (!needsHealth && health.number() != 0) {
            health.invalid("may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
        }
    }

    private static void update(Spot service, Spot old) {
        Spot spec = service.at("spec");
        Spot before = old.at("spec");
        boolean named =
                spec.text("type").equals("ExternalName") || before.text("type").equals("ExternalName");
        Spot address = spec.at("clusterIPs");
        List<String> was = before.at("clusterIPs").strings();
        if (!named
                && !was.isEmpty()
                && !address.empty()
                && !address.strings().getFirst().equals(was.getFirst())) {
            address.add(FieldError.invalid(
                    address.path().index(0), Value.of(address.strings().getFirst()), "may not" + " change once set"));
        }
        Spot kind = spec.at("loadBalancerClass");
        if (spec.text("type").equals(LOAD_BALANCER)
                && before.text("type").equals(LOAD_BALANCER)
                && !kind.same(before.at("loadBalancerClass"))) {
            kind.invalid("may not change once set");
        }
    }
}
