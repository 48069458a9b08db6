package io.argosy.kubeproxy.config;

import io.argosy.daemon.flags.Flag;
import io.argosy.daemon.flags.FlagSection;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.GoDuration;
import io.argosy.daemon.flags.ParsedFlags;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The flags of kube-proxy. Most set a field of the KubeProxyConfiguration, named here by its path; a configuration file
 * takes the place of all of these.
 */
public final class ProxyFlags {

    static final int HEALTHZ_PORT = 10256;
    static final int METRICS_PORT = 10249;

    private static final String OTHER_MODE = "Known, and without effect in the proxy mode nftables.";

    private final FlagSet flags;
    private final Map<String, Flag<?>> fields = new LinkedHashMap<>();
    private final Flag<String> config;
    private final Flag<String> writeConfig;
    private final Flag<Boolean> cleanup;
    private final Flag<Boolean> initOnly;
    private final Flag<String> master;
    private final Flag<String> hostname;

    public ProxyFlags(FlagSet flags) {
        this.flags = flags;
        FlagSection own = flags.section("Flags");
        config = own.string("config", "", "The path to the configuration file.");
        writeConfig = own.string("write-config-to", "", "If set, write the configuration to this file and exit.");
        cleanup = own.bool("cleanup", false, "Remove the rules of every proxy mode from the kernel and exit.");
        initOnly = own.bool("init-only", false, "Do what needs full root privileges and exit.");
        master = own.string("master", "", "The address of the Kubernetes API server (overrides any in kubeconfig).");
        hostname = own.string("hostname-override", "", "The name of the Node that kube-proxy is running on.");
        own.string("boot-id-file", "/proc/sys/kernel/random/boot_id", "Known, and without effect.");
        own.string("machine-id-file", "/etc/machine-id,/var/lib/dbus/machine-id", "Known, and without effect.");
        server(own);
        addresses(own);
        traffic(own);
        conntrack(own);
        otherModes(own);
    }

    private void server(FlagSection own) {
        field("clientConnection.kubeconfig", own.string("kubeconfig", "", "Path to a kubeconfig file."));
        field(
                "clientConnection.contentType",
                own.string(
                        "kube-api-content-type",
                        "application/vnd.kubernetes.protobuf",
                        "Content type of requests; the proxy reads JSON and Protobuf."));
        field(
                "clientConnection.qps",
                own.of(
                        "float32",
                        "kube-api-qps",
                        5.0,
                        ProxyFlags::decimal,
                        v -> "5",
                        "QPS to use while talking with the API."));
        field("clientConnection.burst", own.int32("kube-api-burst", 10, "Burst to use while talking with the API."));
        field(
                "configSyncPeriod",
                own.duration(
                        "config-sync-period",
                        Duration.ofMinutes(15),
                        "How often configuration is refreshed; watches keep it fresh without."));
        field("featureGates", own.booleanMap("feature-gates", "Pairs of key=true|false; features are as by default."));
    }

    private void addresses(FlagSection own) {
        field(
                "bindAddress",
                own.of(
                        "ip",
                        "bind-address",
                        "0.0.0.0",
                        AddressRules::ip,
                        v -> v,
                        "This node's primary IP, if not that of its Node."));
        field(
                "healthzBindAddress",
                own.of(
                        "ipport",
                        "healthz-bind-address",
                        "0.0.0.0:" + HEALTHZ_PORT,
                        text -> AddressRules.ipPort(text, HEALTHZ_PORT),
                        v -> v,
                        "Where to serve health checks."));
        field(
                "metricsBindAddress",
                own.of(
                        "ipport",
                        "metrics-bind-address",
                        "127.0.0.1:" + METRICS_PORT,
                        text -> AddressRules.ipPort(text, METRICS_PORT),
                        v -> v,
                        "Where to serve metrics."));
        field(
                "bindAddressHardFail",
                own.bool("bind-address-hard-fail", false, "Whether a port that cannot be bound ends kube-proxy."));
        field(
                "enableProfiling",
                own.bool("profiling", false, "Known, and without effect: the JVM has its own profilers."));
        field(
                "showHiddenMetricsForVersion",
                own.string("show-hidden-metrics-for-version", "", "Empty or 1.35; no metrics are hidden."));
        field(
                "oomScoreAdj",
                own.int32("oom-score-adj", -999, "The oom-score-adj of this process, within [-1000, 1000]."));
    }

    private void traffic(FlagSection own) {
        field(
                "mode",
                own.of(
                        "ProxyMode",
                        "proxy-mode",
                        "",
                        text -> text,
                        v -> v,
                        "Which proxy mode to use: nftables, which is the default."));
        field("nftables.masqueradeAll", own.bool("masquerade-all", false, "SNAT all traffic sent via cluster IPs."));
        field(
                "nodePortAddresses",
                own.strings("nodeport-addresses", List.of(), "CIDR ranges of the IPs with node ports, or 'primary'."));
        field(
                "detectLocalMode",
                own.of(
                        "LocalMode",
                        "detect-local-mode",
                        "",
                        text -> text,
                        v -> v,
                        "How local traffic is known: ClusterCIDR, NodeCIDR, BridgeInterface or InterfaceNamePrefix."));
        field("detectLocal.bridgeInterface", own.string("pod-bridge-interface", "", "The bridge of local pods."));
        field(
                "detectLocal.interfaceNamePrefix",
                own.string("pod-interface-name-prefix", "", "How names of local pods' interfaces begin."));
        field("clusterCIDR", own.string("cluster-cidr", "", "The pods' range, or two of both families with a comma."));
        field(
                "nftables.syncPeriod",
                own.duration("iptables-sync-period", Duration.ofSeconds(30), "How often the rules are looked after."));
        field(
                "nftables.minSyncPeriod",
                own.duration("iptables-min-sync-period", Duration.ofSeconds(1), "The longest pause after a change."));
    }

    private void conntrack(FlagSection own) {
        field(
                "conntrack.maxPerCore",
                own.int32("conntrack-max-per-core", 32768, "Connections per CPU core; 0 leaves the limit."));
        field("conntrack.min", own.int32("conntrack-min", 131072, "Minimum number of conntrack entries to allocate."));
        field(
                "conntrack.tcpBeLiberal",
                own.bool("conntrack-tcp-be-liberal", false, "Sets nf_conntrack_tcp_be_liberal."));
        timeout(own, "tcp-timeout-close-wait", "tcpCloseWaitTimeout", Duration.ofHours(1));
        timeout(own, "tcp-timeout-established", "tcpEstablishedTimeout", Duration.ofHours(24));
        timeout(own, "udp-timeout", "udpTimeout", Duration.ZERO);
        timeout(own, "udp-timeout-stream", "udpStreamTimeout", Duration.ZERO);
    }

    private void timeout(FlagSection own, String name, String field, Duration otherwise) {
        field(
                "conntrack." + field,
                own.duration("conntrack-" + name, otherwise, "Sets nf_conntrack's timeout; 0 leaves it as it is."));
    }

    private void otherModes(FlagSection own) {
        field("iptables.masqueradeBit", own.int32("iptables-masquerade-bit", 14, OTHER_MODE));
        field("iptables.localhostNodePorts", own.bool("iptables-localhost-nodeports", true, OTHER_MODE));
        own.duration("ipvs-sync-period", Duration.ofSeconds(30), OTHER_MODE);
        own.duration("ipvs-min-sync-period", Duration.ofSeconds(1), OTHER_MODE);
        field("ipvs.scheduler", own.string("ipvs-scheduler", "", OTHER_MODE));
        field("ipvs.excludeCIDRs", own.strings("ipvs-exclude-cidrs", List.of(), OTHER_MODE));
        field("ipvs.strictARP", own.bool("ipvs-strict-arp", false, OTHER_MODE));
        field("ipvs.tcpTimeout", own.duration("ipvs-tcp-timeout", Duration.ZERO, OTHER_MODE));
        field("ipvs.tcpFinTimeout", own.duration("ipvs-tcpfin-timeout", Duration.ZERO, OTHER_MODE));
        field("ipvs.udpTimeout", own.duration("ipvs-udp-timeout", Duration.ZERO, OTHER_MODE));
    }

    private void field(String path, Flag<?> flag) {
        fields.put(path, flag);
    }

    private static double decimal(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("strconv.ParseFloat: parsing \"" + text + "\": invalid syntax", e);
        }
    }

    /** The fields that the command line sets, by path. */
    Map<String, Object> fields(ParsedFlags parsed) {
        Map<String, Object> set = new LinkedHashMap<>();
        fields.forEach((path, flag) -> {
            if (parsed.isSet(flag)) {
                Object value = parsed.get(flag);
                set.put(path, value instanceof Duration duration ? GoDuration.format(duration) : value);
            }
        });
        return set;
    }

    FlagSet all() {
        return flags;
    }

    /** The configuration file. */
    public Optional<Path> config(ParsedFlags parsed) {
        return file(parsed.get(config));
    }

    String master(ParsedFlags parsed) {
        return parsed.get(master);
    }

    Optional<String> hostname(ParsedFlags parsed) {
        return Optional.of(parsed.get(hostname)).filter(name -> !name.isEmpty());
    }

    /** The file that shall get the configuration instead of a proxy that starts. */
    public Optional<Path> writeConfigTo(ParsedFlags parsed) {
        return file(parsed.get(writeConfig));
    }

    /** Whether to take the rules out of the kernel instead of starting. */
    public boolean cleanup(ParsedFlags parsed) {
        return parsed.get(cleanup);
    }

    /** Whether to do what needs privileges instead of starting. */
    public boolean initOnly(ParsedFlags parsed) {
        return parsed.get(initOnly);
    }

    private static Optional<Path> file(String path) {
        return Optional.of(path).filter(name -> !name.isEmpty()).map(Path::of);
    }
}
