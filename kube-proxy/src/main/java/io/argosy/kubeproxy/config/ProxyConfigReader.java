package io.argosy.kubeproxy.config;

import io.argosy.daemon.config.ConfigDocument;
import io.argosy.daemon.config.ConfigFile;
import io.argosy.daemon.config.ConfigObject;
import io.argosy.daemon.config.ConfigTree;
import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.config.Problems;
import io.argosy.daemon.flags.ParsedFlags;
import io.argosy.daemon.logging.LoggingSection;
import io.argosy.daemon.metrics.Configz;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a {@link ProxyConfig} of the defaults and either the configuration file or the flags. */
public final class ProxyConfigReader {

    private static final Logger LOG = LoggerFactory.getLogger(ProxyConfigReader.class);
    private static final String VERSION = "kubeproxy.config.k8s.io/v1alpha1";
    private static final String KIND = "KubeProxyConfiguration";
    // In a file nothing, an empty text and zero mean the default.
    private static final List<String> ZERO_MEANS_DEFAULT = List.of(
            "bindAddress",
            "mode",
            "detectLocalMode",
            "configSyncPeriod",
            "nodePortAddresses",
            "nftables.syncPeriod",
            "nftables.minSyncPeriod",
            "clientConnection.contentType",
            "clientConnection.qps",
            "clientConnection.burst",
            "logging.format",
            "logging.flushFrequency");

    // A flag that says zero means it.
    private static final List<String> EMPTY_MEANS_DEFAULT =
            List.of("bindAddress", "mode", "detectLocalMode", "nodePortAddresses");

    private final ProxyFlags flags;
    private final ParsedFlags parsed;
    private final String machineName;

    public ProxyConfigReader(ProxyFlags flags, ParsedFlags parsed, String machineName) {
        this.flags = flags;
        this.parsed = parsed;
        this.machineName = machineName;
    }

    public ProxyConfig read() throws ConfigurationException {
        Map<String, Object> tree = defaults();
        Optional<Path> file = flags.config(parsed);
        if (file.isPresent()) {
            ConfigTree.merge(tree, document(file.get()), name -> false);
        } else {
            flags.fields(parsed).forEach((path, value) -> ConfigTree.set(tree, path, value));
        }
        LoggingSection.overlay(tree, flags.all(), parsed);
        fill(tree, file.isPresent());
        Optional<String> hostname = flags.hostname(parsed);
        if (hostname.isPresent()) {
            if (hostname.get().isBlank()) {
                throw new ConfigurationException("failed complete: empty hostname-override is invalid");
            }
            ConfigTree.set(tree, "hostnameOverride", hostname.get().strip().toLowerCase(Locale.ROOT));
        }
        return build(tree);
    }

    private static Map<String, Object> defaults() throws ConfigurationException {
        return ConfigDocument.defaults(ProxyConfigReader.class);
    }

    private static Map<String, Object> document(Path file) throws ConfigurationException {
        try {
            return ConfigDocument.read(file, VERSION, KIND);
        } catch (IOException e) {
            throw new ConfigurationException("failed complete: read " + file + ": " + e.getMessage());
        } catch (ConfigurationException e) {
            throw new ConfigurationException("failed complete: " + e.getMessage());
        }
    }

    private static void fill(Map<String, Object> tree, boolean fromFile) throws ConfigurationException {
        ConfigTree.fill(tree, defaults(), fromFile ? ZERO_MEANS_DEFAULT : EMPTY_MEANS_DEFAULT);
        boolean v6 = String.valueOf(tree.get("bindAddress")).indexOf(':') >= 0;
        address(tree, "healthzBindAddress", v6 ? "::" : "0.0.0.0", ProxyFlags.HEALTHZ_PORT);
        address(tree, "metricsBindAddress", v6 ? "::1" : "127.0.0.1", ProxyFlags.METRICS_PORT);
        // What the other modes would use is shown as unset.
        for (String mode : List.of("iptables", "ipvs")) {
            ConfigTree.set(tree, mode + ".syncPeriod", "0s");
            ConfigTree.set(tree, mode + ".minSyncPeriod", "0s");
        }
    }

    private static void address(Map<String, Object> tree, String field, String otherwise, int port) {
        String given = String.valueOf(tree.get(field));
        ConfigTree.set(tree, field, AddressRules.withPort(given.isEmpty() ? otherwise : given, port));
    }

    private ProxyConfig build(Map<String, Object> tree) throws ConfigurationException {
        ConfigFile file = ConfigFile.parse("configuration", Configz.text(tree));
        ConfigObject root = file.root();
        Problems logging = new Problems();
        ConfigRules rules = new ConfigRules();
        ProxyConfig config = new ProxyConfig(
                server(root, rules),
                nodeName(root.string("hostnameOverride", "")),
                addresses(root, rules),
                rules(root, rules),
                local(root, rules),
                nodePortAddresses(root, rules),
                flows(root.object("conntrack"), rules),
                rules.oomScoreAdj(root.integer("oomScoreAdj", -999)),
                LoggingSection.read(root.object("logging"), logging),
                tree);
        withoutEffect(root, rules);
        List<String> unknown;
        try {
            unknown = file.finishLeniently();
        } catch (ConfigurationException e) {
            throw new ConfigurationException("failed complete: " + e.getMessage());
        }
        if (!unknown.isEmpty()) {
            LOG.warn("the configuration has fields that are not known: {}", String.join(", ", unknown));
            unknown.forEach(text -> ConfigTree.forget(tree, text));
        }
        if (!logging.found().isEmpty()) {
            throw new ConfigurationException("initialize logging: " + String.join(", ", logging.found()));
        }
        rules.refuse();
        return config;
    }

    private ProxyConfig.Server server(ConfigObject root, ConfigRules rules) {
        ConfigObject client = root.object("clientConnection");
        client.string("acceptContentTypes");
        client.string("contentType");
        return new ProxyConfig.Server(
                client.string("kubeconfig", ""),
                flags.master(parsed),
                client.decimal("qps", 5),
                rules.notNegative("ClientConnection.Burst", client.integer("burst", 10)));
    }

    private String nodeName(String override) {
        return (override.isEmpty() ? machineName : override).strip().toLowerCase(Locale.ROOT);
    }

    private static ProxyConfig.Addresses addresses(ConfigObject root, ConfigRules rules) {
        return new ProxyConfig.Addresses(
                rules.ip("BindAddress", root.string("bindAddress", "")),
                rules.ipPort("HealthzBindAddress", root.string("healthzBindAddress", "")),
                rules.ipPort("MetricsBindAddress", root.string("metricsBindAddress", "")),
                root.bool("bindAddressHardFail", false));
    }

    private static ProxyConfig.Rules rules(ConfigObject root, ConfigRules rules) {
        rules.mode(root.string("mode", ""));
        ConfigObject nftables = root.object("nftables");
        Duration period = nftables.duration("syncPeriod", Duration.ofSeconds(30));
        Duration least = nftables.duration("minSyncPeriod", Duration.ofSeconds(1));
        rules.periods(period, least);
        return new ProxyConfig.Rules(
                nftables.bool("masqueradeAll", false),
                rules.masqueradeBit("KubeProxyNFTablesConfiguration", nftables.integer("masqueradeBit", 14)),
                period,
                least);
    }

    private static ProxyConfig.Local local(ConfigObject root, ConfigRules rules) {
        ConfigObject detect = root.object("detectLocal");
        String ranges = root.string("clusterCIDR", "");
        ProxyConfig.Local local = new ProxyConfig.Local(
                rules.localMode(root.string("detectLocalMode", "")),
                detect.string("bridgeInterface", ""),
                detect.string("interfaceNamePrefix", ""),
                ranges.isEmpty() ? List.of() : List.of(ranges.split(",", -1)));
        rules.local(local);
        return local;
    }

    private static List<String> nodePortAddresses(ConfigObject root, ConfigRules rules) {
        List<String> addresses = root.strings("nodePortAddresses").orElse(List.of());
        rules.nodePorts(addresses);
        return addresses;
    }

    private static ProxyConfig.Flows flows(ConfigObject conntrack, ConfigRules rules) {
        return rules.flows(new ProxyConfig.Flows(
                conntrack.integer("maxPerCore", 32768),
                conntrack.integer("min", 131072),
                conntrack.duration("tcpEstablishedTimeout", Duration.ofHours(24)),
                conntrack.duration("tcpCloseWaitTimeout", Duration.ofHours(1)),
                conntrack.bool("tcpBeLiberal", false),
                conntrack.duration("udpTimeout", Duration.ZERO),
                conntrack.duration("udpStreamTimeout", Duration.ZERO)));
    }

    /** Known fields that mean nothing on Linux, for nftables, or for a proxy that watches. */
    private static void withoutEffect(ConfigObject root, ConfigRules rules) {
        ConfigObject iptables = root.object("iptables");
        rules.masqueradeBit("KubeProxyIPTablesConfiguration", iptables.integer("masqueradeBit", 14));
        List.of("masqueradeAll", "localhostNodePorts").forEach(iptables::bool);
        ConfigObject ipvs = root.object("ipvs");
        ipvs.string("scheduler");
        ipvs.strings("excludeCIDRs");
        ipvs.bool("strictARP");
        List.of("tcpTimeout", "tcpFinTimeout", "udpTimeout").forEach(ipvs::duration);
        for (ConfigObject mode : List.of(iptables, ipvs)) {
            List.of("syncPeriod", "minSyncPeriod").forEach(mode::duration);
        }
        ConfigObject winkernel = root.object("winkernel");
        List.of("networkName", "sourceVip", "rootHnsEndpointName").forEach(winkernel::string);
        List.of("enableDSR", "forwardHealthCheckVip").forEach(winkernel::bool);
        List.of("enableProfiling", "windowsRunAsService").forEach(root::bool);
        root.string("portRange");
        rules.resync(root.duration("configSyncPeriod", Duration.ofMinutes(15)));
        rules.hiddenMetrics(root.string("showHiddenMetricsForVersion", ""));
        root.booleanMap("featureGates")
                .filter(gates -> !gates.isEmpty())
                .ifPresent(gates -> LOG.warn(
                        "feature gates are known, and features are as by default: {}",
                        new ArrayList<>(gates.keySet())));
    }
}
