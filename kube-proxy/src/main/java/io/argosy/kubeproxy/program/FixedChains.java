package io.argosy.kubeproxy.program;

import io.argosy.kubeproxy.model.IpFamily;
import java.util.ArrayList;
import java.util.List;

/** The part of the table that does not depend on Services: hooks, look-ups, masquerading. */
final class FixedChains {

    private FixedChains() {}

    static void add(RulesetBuilder out, IpFamily family, NftProgram.Config config) {
        containers(out, family.nftType());
        hooks(out);
        lookups(out, family, config);
        String mark = String.format("0x%08x", config.masqueradeMark());
        out.chain("mark-for-masquerade", List.of("meta mark set meta mark or " + mark));
        out.chain(
                "masquerading",
                List.of(
                        family.nftName() + " saddr . " + family.nftName()
                                + " daddr . meta l4proto . th dport @hairpin masquerade fully-random",
                        "meta mark and " + mark + " == 0 return",
                        "meta mark set meta mark xor " + mark,
                        "masquerade fully-random"));
        out.chain("reject-chain", List.of("reject"));
        config.nodePortRanges().stream()
                .filter(family::has)
                .forEach(range -> out.element("nodeport-ranges", range, ""));
    }

    private static void containers(RulesetBuilder out, String type) {
        String service = type + " . inet_proto . inet_service";
        out.set("cluster-ips", "type " + type + ";");
        out.set("nodeport-ranges", "type " + type + "; flags interval;");
        out.set("hairpin", "type " + type + " . " + service + ";");
        out.map("service-ips", "type " + service + " : verdict;");
        out.map("service-nodeports", "type inet_proto . inet_service : verdict;");
        out.map("no-endpoint-services", "type " + service + " : verdict;");
        out.map("no-endpoint-nodeports", "type inet_proto . inet_service : verdict;");
        out.map("firewall-ips", "type " + service + " : verdict;");
    }

    /**
     * Names, hooks and priorities are those of Kubernetes' own nftables proxy, and what is of another type has another name:
     * that proxy can take over the table, which it finds, and add to it.
     */
    private static void hooks(RulesetBuilder out) {
        out.baseChain("nat-prerouting", "type nat hook prerouting priority -100;", "jump services");
        out.baseChain("nat-output", "type nat hook output priority -100;", "jump services");
        out.baseChain("nat-postrouting", "type nat hook postrouting priority 100;", "jump masquerading");
        String firewall = "ct state new jump firewall-check";
        out.baseChain("filter-prerouting", "type filter hook prerouting priority -110;", firewall);
        out.baseChain("filter-output-pre-dnat", "type filter hook output priority -110;", firewall);
        out.baseChain(
                "filter-input",
                "type filter hook input priority 0;",
                "ct state new jump nodeport-endpoints-check",
                "ct state new jump service-endpoints-check");
        out.baseChain(
                "filter-forward",
                "type filter hook forward priority 0;",
                "ct state new jump service-endpoints-check",
                "ct state new jump cluster-ips-check");
        out.baseChain(
                "filter-output",
                "type filter hook output priority 0;",
                "ct state new jump service-endpoints-check",
                "ct state new jump cluster-ips-check");
    }

    private static void lookups(RulesetBuilder out, IpFamily family, NftProgram.Config config) {
        String ip = family.nftName();
        String to = ip + " daddr . meta l4proto . th dport vmap ";
        String loopback = family == IpFamily.IPV4 ? "127.0.0.0/8" : "::1";
        String nodePorts = config.nodePortRanges().stream().anyMatch(family::has)
                ? ip + " daddr @nodeport-ranges fib daddr type local"
                : "fib daddr type local";
        List<String> services = new ArrayList<>();
        services.add(to + "@service-ips");
        services.add(
                nodePorts + " " + ip + " daddr != " + loopback + " meta l4proto . th dport vmap @service-nodeports");
        out.chain("services", services);
        out.chain("firewall-check", List.of(to + "@firewall-ips"));
        out.chain("service-endpoints-check", List.of(to + "@no-endpoint-services"));
        out.chain(
                "nodeport-endpoints-check",
                List.of(nodePorts + " " + ip + " daddr != " + loopback
                        + " meta l4proto . th dport vmap @no-endpoint-nodeports"));
        out.chain("cluster-ips-check", List.of(ip + " daddr @cluster-ips reject"));
    }
}
