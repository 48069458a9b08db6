package io.argosy.kubelet.config;

import io.argosy.daemon.config.Problems;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What the flags may say that are no fields of the configuration. Pure. */
final class FlagRules {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
    private static final Pattern DOMAIN =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
    // Labels of Kubernetes' own that a node may give to itself (NodeRestriction).
    private static final List<String> OWN_DOMAINS = List.of("kubelet.kubernetes.io", "node.kubernetes.io");
    private static final Set<String> OWN_LABELS = Set.of(
            "beta.kubernetes.io/arch",
            "beta.kubernetes.io/instance-type",
            "beta.kubernetes.io/os",
            "failure-domain.beta.kubernetes.io/region",
            "failure-domain.beta.kubernetes.io/zone",
            "kubernetes.io/arch",
            "kubernetes.io/hostname",
            "kubernetes.io/os",
            "node.kubernetes.io/instance-type",
            "topology.kubernetes.io/region",
            "topology.kubernetes.io/zone");

    private final Problems problems;

    FlagRules(Problems problems) {
        this.problems = problems;
    }

    void labels(Map<String, String> labels) {
        labels.forEach((key, value) -> {
            int slash = key.indexOf('/');
            String domain = slash < 0 ? "" : key.substring(0, slash);
            problems.require(
                    !ofKubernetes(domain) || OWN_LABELS.contains(key) || within(domain, OWN_DOMAINS),
                    "unknown 'kubernetes.io' or 'k8s.io' labels specified with --node-labels: [" + key + "]");
            problems.require(
                    (slash < 0 || DOMAIN.matcher(domain).matches())
                            && NAME.matcher(key.substring(slash + 1)).matches()
                            && (value.isEmpty() || NAME.matcher(value).matches()),
                    "invalid node labels: " + key + "=" + value);
        });
    }

    private static boolean ofKubernetes(String domain) {
        return within(domain, List.of("kubernetes.io", "k8s.io"));
    }

    private static boolean within(String domain, List<String> parents) {
        return parents.stream().anyMatch(parent -> domain.equals(parent) || domain.endsWith("." + parent));
    }

    /** One address, or two of both families with a comma. */
    void nodeIp(String text) {
        for (String address : text.split(",")) {
            problems.require(text.isEmpty() || isAddress(address), "invalid --node-ip \"" + text + "\"");
        }
    }

    void cloudProvider(String name) {
        problems.require(
                name.isEmpty() || name.equals("external"),
                "--cloud-provider: \"" + name + "\" is not supported: empty or external");
    }

    void address(String field, String text) {
        problems.require(isAddress(text), "invalid configuration: " + field + " \"" + text + "\" is no IP address");
    }

    private static boolean isAddress(String text) {
        try {
            return !text.isEmpty() && InetAddress.ofLiteral(text) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
