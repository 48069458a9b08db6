package io.argosy.kubeproxy.config;

import io.argosy.daemon.config.ConfigFile;
import io.argosy.daemon.config.ConfigObject;
import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.config.Problems;
import io.argosy.daemon.flags.Flag;
import io.argosy.daemon.flags.FlagSection;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.ParsedFlags;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The flags of kube-proxy, and its configuration file, which takes the place of most of them. */
public final class ProxyFlags {

    private static final String API_VERSION = "kubeproxy.config.k8s.io/v1alpha1";
    private static final Duration SYNC_PERIOD = Duration.ofSeconds(30);
    private static final Duration MIN_SYNC_PERIOD = Duration.ofSeconds(1);
    private static final int MASQUERADE_BIT = 14;

    private final Flag<String> config;
    private final Flag<String> kubeconfig;
    private final Flag<String> master;
    private final Flag<Double> qps;
    private final Flag<Integer> burst;
    private final Flag<String> hostname;
    private final Flag<String> healthz;
    private final Flag<String> metrics;
    private final Flag<String> clusterCidr;
    private final Flag<Boolean> masqueradeAll;
    private final Flag<String> mode;
    private final Flag<String> localMode;
    private final Flag<List<String>> nodePortAddresses;
    private final Flag<Integer> maxPerCore;
    private final Flag<Integer> conntrackMin;

    public ProxyFlags(FlagSet flags) {
        FlagSection own = flags.section("kube-proxy");
        config = own.string("config", "", "The path to the configuration file.");
        kubeconfig = own.string("kubeconfig", "", "Path to kubeconfig file with authorization information.");
        master = own.string("master", "", "The address of the Kubernetes API server (overrides any in kubeconfig).");
        qps = own.decimal("kube-api-qps", 5, "QPS to use while talking with kubernetes apiserver.");
        burst = own.int32("kube-api-burst", 10, "Burst to use while talking with kubernetes apiserver.");
        hostname = own.string("hostname-override", "", "The name of the Node that kube-proxy is running on.");
        healthz = own.string("healthz-bind-address", "0.0.0.0:10256", "Where to serve health checks; empty for none.");
        metrics = own.string("metrics-bind-address", "127.0.0.1:10249", "Where to serve metrics; empty for none.");
        clusterCidr = own.string("cluster-cidr", "", "The CIDR range of the pods in the cluster.");
        masqueradeAll = own.bool("masquerade-all", false, "SNAT all traffic sent via Service cluster IPs.");
        mode = own.string("proxy-mode", "nftables", "Which proxy mode to use: nftables.");
        localMode = own.string("detect-local-mode", "ClusterCIDR", "How local traffic is found: ClusterCIDR.");
        nodePortAddresses =
                own.strings("nodeport-addresses", List.of(), "CIDR ranges that contain valid node IPs, or 'primary'.");
        maxPerCore = own.int32("conntrack-max-per-core", 32768, "NAT connections per CPU core; 0 leaves the limit.");
        conntrackMin = own.int32("conntrack-min", 131072, "Minimum number of conntrack entries to allocate.");
    }

    /** The configuration; with a file, only the server and the node's name are still taken from flags. */
    public ProxyConfig read(ParsedFlags parsed, String machineName) throws ConfigurationException {
        if (parsed.get(config).isEmpty()) {
            return checked(parsed.get(mode), parsed.get(localMode), fromFlags(parsed, machineName));
        }
        ConfigFile file = ConfigFile.read(Path.of(parsed.get(config))).expect(API_VERSION, "KubeProxyConfiguration");
        ConfigObject root = file.root();
        String fileMode = root.string("mode", "nftables");
        String fileLocalMode = root.string("detectLocalMode", "ClusterCIDR");
        ProxyConfig read = fromFile(root, parsed, machineName);
        acceptWithoutEffect(root);
        file.finish();
        return checked(fileMode.isEmpty() ? "nftables" : fileMode, fileLocalMode, read);
    }

    private ProxyConfig fromFlags(ParsedFlags parsed, String machineName) {
        return new ProxyConfig(
                parsed.get(kubeconfig),
                parsed.get(master),
                parsed.get(qps),
                parsed.get(burst),
                nodeName(parsed.get(hostname), machineName),
                parsed.get(healthz),
                parsed.get(metrics),
                split(parsed.get(clusterCidr)),
                parsed.get(masqueradeAll),
                MASQUERADE_BIT,
                parsed.get(nodePortAddresses),
                SYNC_PERIOD,
                MIN_SYNC_PERIOD,
                parsed.get(maxPerCore),
                parsed.get(conntrackMin));
    }

    private ProxyConfig fromFile(ConfigObject root, ParsedFlags parsed, String machineName) {
        ConfigObject client = root.object("clientConnection");
        ConfigObject nftables = root.object("nftables");
        ConfigObject conntrack = root.object("conntrack");
        String host = parsed.get(hostname).isEmpty() ? root.string("hostnameOverride", "") : parsed.get(hostname);
        return new ProxyConfig(
                client.string("kubeconfig", parsed.get(kubeconfig)),
                parsed.get(master),
                client.decimal("qps", 5),
                client.integer("burst", 10),
                nodeName(host, machineName),
                root.string("healthzBindAddress", "0.0.0.0:10256"),
                root.string("metricsBindAddress", "127.0.0.1:10249"),
                split(root.string("clusterCIDR", "")),
                nftables.bool("masqueradeAll", false),
                nftables.integer("masqueradeBit", MASQUERADE_BIT),
                root.strings("nodePortAddresses").orElse(List.of()),
                nftables.duration("syncPeriod", SYNC_PERIOD),
                nftables.duration("minSyncPeriod", MIN_SYNC_PERIOD),
                conntrack.integer("maxPerCore", 32768),
                conntrack.integer("min", 131072));
    }

    /** Known fields that mean nothing for nftables, or that the common logging flags stand for. */
    private static void acceptWithoutEffect(ConfigObject root) {
        for (String section : List.of(
                "iptables",
                "ipvs",
                "winkernel",
                "detectLocal",
                "logging",
                "clientConnection",
                "conntrack",
                "featureGates")) {
            ConfigObject fields = root.object(section);
            fields.names().forEach(fields::raw);
        }
        List.of(
                        "bindAddress",
                        "showHiddenMetricsForVersion",
                        "configSyncPeriod",
                        "bindAddressHardFail",
                        "enableProfiling",
                        "oomScoreAdj",
                        "windowsRunAsService")
                .forEach(root::raw);
    }

    private static ProxyConfig checked(String mode, String localMode, ProxyConfig config)
            throws ConfigurationException {
        Problems problems = new Problems();
        problems.require(
                mode.equals("nftables"), "mode: Unsupported value: \"" + mode + "\": supported values: \"nftables\"");
        problems.require(
                localMode.isEmpty() || localMode.equals("ClusterCIDR"),
                "detectLocalMode: Unsupported value: \"" + localMode + "\": supported values: \"ClusterCIDR\"");
        problems.require(
                config.masqueradeBit() >= 0 && config.masqueradeBit() <= 31,
                "nftables.masqueradeBit: Invalid value: " + config.masqueradeBit()
                        + ": must be within the range [0, 31]");
        problems.throwIfAny();
        return config;
    }

    private static String nodeName(String override, String machineName) {
        return (override.isEmpty() ? machineName : override).strip().toLowerCase(Locale.ROOT);
    }

    private static List<String> split(String ranges) {
        return ranges.isBlank() ? List.of() : List.of(ranges.strip().split("\\s*,\\s*"));
    }
}
