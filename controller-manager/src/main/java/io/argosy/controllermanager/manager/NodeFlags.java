package io.argosy.controllermanager.manager;

import io.argosy.daemon.config.Problems;
import io.argosy.daemon.flags.Flag;
import io.argosy.daemon.flags.FlagSection;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.ParsedFlags;
import java.time.Duration;
import java.util.List;

/** The flags of the loops over nodes. */
final class NodeFlags {

    private final Flag<Boolean> allocate;
    private final Flag<String> allocator;
    private final Flag<String> clusterCidr;
    private final Flag<String> serviceCidr;
    private final Flag<Integer> mask;
    private final Flag<Integer> maskV4;
    private final Flag<Integer> maskV6;
    private final Flag<Duration> monitorPeriod;
    private final Flag<Duration> grace;
    private final Flag<Duration> startupGrace;
    private final Flag<Double> rate;
    private final Flag<Double> secondaryRate;
    private final Flag<Integer> large;
    private final Flag<Double> unhealthy;

    NodeFlags(FlagSet flags) {
        FlagSection ipam = flags.section("Nodeipam controller flags");
        allocate = ipam.bool("allocate-node-cidrs", false, "Should CIDRs for Pods be allocated for nodes.");
        allocator = ipam.string("cidr-allocator-type", "RangeAllocator", "Type of CIDR allocator to use");
        clusterCidr = ipam.string("cluster-cidr", "", "CIDR Range for Pods in cluster.");
        serviceCidr = ipam.string("service-cluster-ip-range", "", "CIDR Range for Services in cluster.");
        mask = ipam.int32("node-cidr-mask-size", 0, "Mask size for node cidr in cluster.");
        maskV4 = ipam.int32("node-cidr-mask-size-ipv4", 0, "Mask size for IPv4 node cidr. Default is 24.");
        maskV6 = ipam.int32("node-cidr-mask-size-ipv6", 0, "Mask size for IPv6 node cidr. Default is 64.");
        FlagSection lifecycle = flags.section("Nodelifecycle controller flags");
        monitorPeriod = lifecycle.duration(
                "node-monitor-period", Duration.ofSeconds(5), "The period for looking at the nodes' heartbeats.");
        grace = lifecycle.duration(
                "node-monitor-grace-period", Duration.ofSeconds(50), "How long a node may be silent.");
        startupGrace = lifecycle.duration(
                "node-startup-grace-period", Duration.ofMinutes(1), "How long a new node may be silent.");
        rate = lifecycle.decimal("node-eviction-rate", 0.1, "Nodes per second whose pods are evicted.");
        secondaryRate =
                lifecycle.decimal("secondary-node-eviction-rate", 0.01, "The same in a zone that is unhealthy.");
        large = lifecycle.int32("large-cluster-size-threshold", 50, "Number of nodes from which a cluster is large.");
        unhealthy = lifecycle.decimal(
                "unhealthy-zone-threshold", 0.55, "Fraction of silent nodes from which a zone is unhealthy.");
    }

    void check(ParsedFlags flags, Problems problems) {
        problems.require(
                !flags.get(allocate) || !flags.get(clusterCidr).isEmpty(),
                "--cluster-cidr must be given with --allocate-node-cidrs");
        problems.require(
                flags.get(allocator).equals("RangeAllocator"),
                "--cidr-allocator-type must be RangeAllocator: there is no cloud provider");
    }

    ManagerConfig.Nodes read(ParsedFlags flags) {
        int both = flags.get(mask);
        int v4 = flags.get(maskV4) > 0 ? flags.get(maskV4) : both > 0 ? both : 24;
        int v6 = flags.get(maskV6) > 0 ? flags.get(maskV6) : both > 32 ? both : 64;
        return new ManagerConfig.Nodes(
                flags.get(allocate) ? list(flags.get(clusterCidr)) : List.of(),
                list(flags.get(serviceCidr)),
                v4,
                v6,
                flags.get(monitorPeriod),
                flags.get(grace),
                flags.get(startupGrace),
                flags.get(rate),
                flags.get(secondaryRate),
                flags.get(large),
                flags.get(unhealthy));
    }

    private static List<String> list(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(","));
    }
}
