package io.argosy.kubeproxy.config;

import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.config.Problems;
import io.argosy.daemon.flags.GoDuration;
import io.argosy.kubeproxy.config.ProxyConfig.Local;
import java.time.Duration;
import java.util.List;

/** What a configuration may say, with the field names that Kubernetes' own errors have; all faults are told at once. */
final class ConfigRules {

    private static final String ROOT = "KubeProxyConfiguration.";
    private static final String LINUX = ROOT + "KubeProxyLinuxConfiguration.";
    private static final String FLOWS = LINUX + "KubeProxyConntrackConfiguration.";
    private static final String NOT_NEGATIVE = "must be greater than or equal to 0";

    private final Problems problems = new Problems();

    void refuse() throws ConfigurationException {
        try {
            problems.throwIfAny();
        } catch (ConfigurationException e) {
            throw new ConfigurationException("failed validate: " + e.getMessage());
        }
    }

    private void invalid(boolean fault, String field, Object value, String why) {
        String shown = value instanceof Duration duration
                ? '"' + GoDuration.format(duration) + '"'
                : value instanceof String text ? '"' + text + '"' : String.valueOf(value);
        problems.require(!fault, field + ": Invalid value: " + shown + ": " + why);
    }

    int notNegative(String field, int value) {
        invalid(value < 0, ROOT + field, value, NOT_NEGATIVE);
        return value;
    }

    int masqueradeBit(String section, int bit) {
        invalid(bit < 0 || bit > 31, ROOT + section + ".MasqueradeBit", bit, "must be within the range [0, 31]");
        return bit;
    }

    int oomScoreAdj(int score) {
        invalid(score < -1000 || score > 1000, LINUX + "OOMScoreAdj", score, "must be within the range [-1000, 1000]");
        return score;
    }

    String ip(String field, String address) {
        invalid(
                !AddressRules.isIp(address),
                ROOT + field,
                address,
                "not a valid textual representation of an IP address");
        return address;
    }

    String ipPort(String field, String address) {
        AddressRules.problems(ROOT + field, address).forEach(problems::add);
        return address;
    }

    void mode(String mode) {
        if (mode.equals("iptables") || mode.equals("ipvs")) {
            problems.add(ROOT + "Mode.ProxyMode: Unsupported value: \"" + mode + "\": this kube-proxy has no " + mode
                    + " back end; supported values: \"nftables\"");
        } else {
            invalid(!mode.equals("nftables"), ROOT + "Mode.ProxyMode", mode, "must be nftables or blank");
        }
    }

    void periods(Duration period, Duration least) {
        invalid(!period.isPositive(), ROOT + "SyncPeriod", period, "must be greater than 0");
        invalid(least.isNegative(), ROOT + "MinSyncPeriod", least, NOT_NEGATIVE);
        invalid(
                least.compareTo(period) > 0,
                ROOT + "SyncPeriod",
                least,
                "must be greater than or equal to " + ROOT + "MinSyncPeriod");
    }

    void resync(Duration period) {
        invalid(!period.isPositive(), ROOT + "ConfigSyncPeriod", period, "must be greater than 0");
    }

    void hiddenMetrics(String version) {
        invalid(
                !version.isEmpty() && !version.equals("1.35"),
                ROOT + "ShowHiddenMetricsForVersion",
                version,
                "must be omitted or have the value '1.35'; only the previous minor version is allowed");
    }

    Local.Mode localMode(String mode) {
        return switch (mode) {
            case "ClusterCIDR" -> Local.Mode.CLUSTER_RANGE;
            case "NodeCIDR" -> Local.Mode.NODE_RANGE;
            case "BridgeInterface" -> Local.Mode.BRIDGE;
            case "InterfaceNamePrefix" -> Local.Mode.INTERFACE_PREFIX;
            default -> {
                problems.add(ROOT + "DetectLocalMode: Unsupported value: \"" + mode
                        + "\": supported values: \"ClusterCIDR\", \"NodeCIDR\", \"BridgeInterface\","
                        + " \"InterfaceNamePrefix\", \"\"");
                yield Local.Mode.CLUSTER_RANGE;
            }
        };
    }

    void local(Local local) {
        String at = ROOT + "DetectLocalConfiguration.";
        switch (local.mode()) {
            case BRIDGE -> interfaceName(at + "InterfaceName", local.bridge());
            case INTERFACE_PREFIX -> interfaceName(at + "InterfacePrefix", local.prefix());
            case CLUSTER_RANGE ->
                AddressRules.clusterProblems(at + "ClusterCIDRs", local.clusterRanges())
                        .forEach(problems::add);
            case NODE_RANGE -> {}
        }
    }

    /** Linux takes 15 bytes; what would end a word in a rule is refused here. */
    private void interfaceName(String field, String name) {
        invalid(name.isEmpty(), field, name, "must not be empty");
        invalid(
                !name.isEmpty() && !name.matches("[^\\s/\"*]{1,15}"),
                field,
                name,
                "must be the name of an interface, of at most 15 bytes");
    }

    void nodePorts(List<String> addresses) {
        AddressRules.nodePortProblems(ROOT + "NodePortAddresses", addresses).forEach(problems::add);
    }

    ProxyConfig.Flows flows(ProxyConfig.Flows flows) {
        invalid(flows.mostPerCore() < 0, FLOWS + "MaxPerCore", flows.mostPerCore(), NOT_NEGATIVE);
        invalid(flows.least() < 0, FLOWS + "Min", flows.least(), NOT_NEGATIVE);
        notNegative("TCPEstablishedTimeout", flows.tcpEstablished());
        notNegative("TCPCloseWaitTimeout", flows.tcpCloseWait());
        notNegative("UDPTimeout", flows.udp());
        notNegative("UDPStreamTimeout", flows.udpStream());
        return flows;
    }

    private void notNegative(String field, Duration value) {
        invalid(value.isNegative(), FLOWS + field, value, NOT_NEGATIVE);
    }
}
