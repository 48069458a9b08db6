package io.argosy.kubeproxy.program;

import io.argosy.kubeproxy.model.Endpoint;
import io.argosy.kubeproxy.model.EndpointChoice;
import io.argosy.kubeproxy.model.IpFamily;
import io.argosy.kubeproxy.model.ProxyImage;
import io.argosy.kubeproxy.model.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The nftables table that does what the Services of an image say. A Service port is one chain; a packet finds it by one
 * look-up of address, protocol and port; its endpoints are one map in that chain, so that a change of endpoints changes
 * one chain. Clients that reach themselves through a Service are found after the choice, by equal source and destination.
 */
public final class NftProgram {

    /**
     * What does not come from the API.
     *
     * @param local how traffic of this node's pods is known
     * @param masqueradeAll masquerade whatever goes through a cluster address
     * @param masqueradeMark the packet mark of what is to be masqueraded
     * @param nodePortRanges node addresses that answer on node ports; empty for all
     */
    public record Config(
            LocalTraffic local,
            boolean masqueradeAll,
            int masqueradeMark,
            List<String> nodePortRanges,
            EndpointChoice.Place place) {
        public Config {
            nodePortRanges = List.copyOf(nodePortRanges);
        }
    }

    private final ProxyImage image;
    private final Config config;
    private final IpFamily family;
    private final RulesetBuilder out;

    private NftProgram(ProxyImage image, Config config) {
        this.image = image;
        this.config = config;
        this.family = image.family();
        this.out = new RulesetBuilder(family.nftName());
    }

    public static Ruleset of(ProxyImage image, Config config) {
        NftProgram program = new NftProgram(image, config);
        FixedChains.add(program.out, program.family, config);
        program.image.entries().values().forEach(program::addService);
        return program.out.build();
    }

    private void addService(ProxyImage.Entry entry) {
        ServicePort service = entry.service();
        EndpointChoice choice = EndpointChoice.of(entry.endpoints(), config.place());
        out.element("cluster-ips", service.clusterIp(), "");
        Stream.concat(choice.cluster().stream(), choice.local().stream())
                .filter(Endpoint::local)
                .forEach(endpoint -> out.element("hairpin", hairpin(endpoint, service.protocol()), ""));
        if (!choice.cluster().isEmpty()) {
            addBalancing(ChainNames.cluster(service), service, choice.cluster());
        }
        boolean needsLocal = service.internalLocal() || (service.externalLocal() && service.external());
        if (needsLocal && !choice.local().isEmpty()) {
            addBalancing(ChainNames.local(service), service, choice.local());
        }
        addInternal(service, choice);
        if (service.external()) {
            addExternal(service, choice);
        }
    }

    /** A pod that reaches itself through the Service: nothing else that it says to itself is changed. */
    private static String hairpin(Endpoint endpoint, String protocol) {
        return endpoint.address() + " . " + endpoint.address() + " . " + protocol + " . " + endpoint.port();
    }

    private void addInternal(ServicePort service, EndpointChoice choice) {
        String key = service.clusterIp() + " . " + service.protocol() + " . " + service.port();
        List<Endpoint> endpoints = service.internalLocal() ? choice.local() : choice.cluster();
        if (endpoints.isEmpty()) {
            out.element(
                    "no-endpoint-services",
                    key,
                    service.internalLocal() && choice.anywhere() ? "drop" : "goto reject-chain");
            return;
        }
        String target = service.internalLocal() ? ChainNames.local(service) : ChainNames.cluster(service);
        List<String> rules = new ArrayList<>();
        if (config.masqueradeAll()) {
            rules.add("jump mark-for-masquerade");
        } else if (config.local().known()) {
            rules.add(config.local().mismatch() + " jump mark-for-masquerade");
        }
        rules.add("goto " + target);
        out.chain(ChainNames.internal(service), rules);
        out.element("service-ips", key, "goto " + ChainNames.internal(service));
    }

    private void addExternal(ServicePort service, EndpointChoice choice) {
        boolean reachable = !choice.cluster().isEmpty();
        String verdict = "goto " + ChainNames.external(service);
        if (reachable) {
            out.chain(ChainNames.external(service), externalRules(service, choice));
        }
        boolean dropsHere =
                service.externalLocal() && reachable && choice.local().isEmpty();
        for (String ip : externalAddresses(service)) {
            String key = ip + " . " + service.protocol() + " . " + service.port();
            out.element(
                    reachable ? "service-ips" : "no-endpoint-services", key, reachable ? verdict : "goto reject-chain");
            if (dropsHere) {
                out.element("no-endpoint-services", key, "drop");
            }
        }
        if (service.nodePort() > 0) {
            String key = service.protocol() + " . " + service.nodePort();
            out.element(
                    reachable ? "service-nodeports" : "no-endpoint-nodeports",
                    key,
                    reachable ? verdict : "goto reject-chain");
            if (dropsHere) {
                out.element("no-endpoint-nodeports", key, "drop");
            }
        }
        if (!service.sourceRanges().isEmpty()) {
            addFirewall(service);
        }
    }

    private List<String> externalRules(ServicePort service, EndpointChoice choice) {
        if (!service.externalLocal()) {
            return List.of("jump mark-for-masquerade", "goto " + ChainNames.cluster(service));
        }
        List<String> rules = new ArrayList<>();
        if (config.local().known()) {
            rules.add(config.local().match() + " goto " + ChainNames.cluster(service));
        }
        rules.add("fib saddr type local jump mark-for-masquerade");
        rules.add("fib saddr type local goto " + ChainNames.cluster(service));
        if (!choice.local().isEmpty()) {
            rules.add("goto " + ChainNames.local(service));
        }
        return rules;
    }

    private static List<String> externalAddresses(ServicePort service) {
        List<String> addresses = new ArrayList<>(service.externalIps());
        addresses.addAll(service.loadBalancerIps());
        return addresses;
    }

    private void addFirewall(ServicePort service) {
        String chain = ChainNames.firewall(service);
        out.chain(
                chain,
                List.of(family.nftName() + " saddr != { " + String.join(", ", service.sourceRanges()) + " } drop"));
        for (String ip : service.loadBalancerIps()) {
            out.element("firewall-ips", ip + " . " + service.protocol() + " . " + service.port(), "goto " + chain);
        }
    }

    private void addBalancing(String chain, ServicePort service, List<Endpoint> endpoints) {
        if (service.affinitySeconds().isPresent()) {
            addAffine(chain, service, endpoints);
            return;
        }
        String address = family.nftName();
        if (endpoints.size() == 1) {
            out.chain(
                    chain,
                    List.of("meta l4proto " + service.protocol() + " dnat " + address + " addr . port to "
                            + endpoints.getFirst().pair()));
            return;
        }
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < endpoints.size(); i++) {
            pairs.add(i + " : " + endpoints.get(i).pair());
        }
        out.chain(
                chain,
                List.of("meta l4proto " + service.protocol() + " dnat " + address
                        + " addr . port to numgen random mod " + endpoints.size() + " map { "
                        + String.join(", ", pairs) + " }"));
    }

    /** Each endpoint has a chain that remembers its clients in a set, asked before the choice. */
    private void addAffine(String chain, ServicePort service, List<Endpoint> endpoints) {
        List<String> rules = new ArrayList<>();
        List<String> choices = new ArrayList<>();
        String address = family.nftName();
        for (Endpoint endpoint : endpoints) {
            String own = ChainNames.endpoint(service, endpoint);
            String clients = ChainNames.affinity(service, endpoint);
            out.set(
                    clients,
                    "type " + family.nftType() + "; flags dynamic,timeout; timeout "
                            + service.affinitySeconds().getAsInt() + "s;");
            out.chain(
                    own,
                    List.of(
                            "update @" + clients + " { " + address + " saddr }",
                            "meta l4proto " + service.protocol() + " dnat " + address + " addr . port to "
                                    + endpoint.pair()));
            rules.add(address + " saddr @" + clients + " goto " + own);
            choices.add(choices.size() + " : goto " + own);
        }
        rules.add("numgen random mod " + endpoints.size() + " vmap { " + String.join(", ", choices) + " }");
        out.chain(chain, rules);
    }
}
