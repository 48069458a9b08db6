package io.argosy.kubelet.container;

import io.argosy.kubelet.cri.v1.DNSConfig;
import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodDNSConfigOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The resolver configuration of a pod. Pure.
 *
 * <p>Source: Kubernetes, "DNS for Services and Pods", sections DNS Policy and DNS Config.
 */
public final class PodDns {

    private static final int MOST_SERVERS = 3;
    private static final int MOST_SEARCHES = 32;
    private static final int LONGEST_SEARCHES = 2048;

    /**
     * What the node offers.
     *
     * @param host the node's own resolver configuration
     * @param clusterServers empty when the cluster has no DNS
     */
    public record Node(Resolver host, List<String> clusterServers, String clusterDomain) {}

    /** A resolver configuration as {@code resolv.conf} has it. */
    public record Resolver(List<String> servers, List<String> searches, List<String> options) {

        /** Reads a {@code resolv.conf}; what is not understood is skipped, as resolvers do. */
        public static Resolver parse(String text) {
            List<String> servers = new ArrayList<>();
            List<String> searches = new ArrayList<>();
            List<String> options = new ArrayList<>();
            for (String line : text.split("\n")) {
                String[] fields = line.strip().split("\\s+");
                switch (fields[0]) {
                    case "nameserver" -> {
                        if (fields.length > 1) {
                            servers.add(fields[1]);
                        }
                    }
                    case "search" -> {
                        searches.clear();
                        for (int i = 1; i < fields.length; i++) {
                            searches.add(fields[i].equals(".") ? "." : stripDot(fields[i]));
                        }
                    }
                    case "options" -> {
                        options.clear();
                        options.addAll(List.of(fields).subList(1, fields.length));
                    }
                    default -> {}
                }
            }
            return new Resolver(servers, searches, options);
        }

        private static String stripDot(String name) {
            return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        }
    }

    private PodDns() {}

    public static DNSConfig of(Pod pod, Node node) {
        String policy = pod.getSpec().getDnsPolicy() == null
                ? "ClusterFirst"
                : pod.getSpec().getDnsPolicy();
        if (policy.equals("ClusterFirst") && PodView.hostNetwork(pod)) {
            policy = "Default";
        }
        if (policy.startsWith("ClusterFirst") && node.clusterServers().isEmpty()) {
            policy = "Default";
        }
        Resolver base = switch (policy) {
            case "None" -> new Resolver(List.of(), List.of(), List.of());
            case "Default" -> node.host();
            default -> cluster(pod, node);
        };
        return limited(merged(base, pod));
    }

    /** Whether the pod wants cluster DNS and the node has none to offer. */
    public static boolean missesClusterDns(Pod pod, Node node) {
        String policy = pod.getSpec().getDnsPolicy() == null
                ? "ClusterFirst"
                : pod.getSpec().getDnsPolicy();
        boolean wants = policy.equals("ClusterFirstWithHostNet")
                || (policy.equals("ClusterFirst") && !PodView.hostNetwork(pod));
        return wants && node.clusterServers().isEmpty();
    }

    private static Resolver cluster(Pod pod, Node node) {
        List<String> searches = new ArrayList<>();
        if (!node.clusterDomain().isEmpty()) {
            searches.add(pod.getMetadata().getNamespace() + ".svc." + node.clusterDomain());
            searches.add("svc." + node.clusterDomain());
            searches.add(node.clusterDomain());
        }
        searches.addAll(node.host().searches());
        return new Resolver(node.clusterServers(), searches, List.of("ndots:5"));
    }

    private static Resolver merged(Resolver base, Pod pod) {
        Set<String> servers = new LinkedHashSet<>(base.servers());
        Set<String> searches = new LinkedHashSet<>(base.searches());
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : base.options()) {
            int colon = option.indexOf(':');
            options.put(colon < 0 ? option : option.substring(0, colon), colon < 0 ? "" : option.substring(colon + 1));
        }
        if (pod.getSpec().getDnsConfig() != null) {
            servers.addAll(PodView.orEmpty(pod.getSpec().getDnsConfig().getNameservers()));
            searches.addAll(PodView.orEmpty(pod.getSpec().getDnsConfig().getSearches()));
            for (PodDNSConfigOption option :
                    PodView.orEmpty(pod.getSpec().getDnsConfig().getOptions())) {
                options.put(option.getName(), option.getValue() == null ? "" : option.getValue());
            }
        }
        List<String> texts = new ArrayList<>();
        options.forEach((k, v) -> texts.add(v.isEmpty() ? k : k + ":" + v));
        return new Resolver(List.copyOf(servers), List.copyOf(searches), texts);
    }

    private static DNSConfig limited(Resolver all) {
        List<String> searches = new ArrayList<>();
        int length = -1;
        for (String search : all.searches()) {
            length += search.length() + 1;
            if (searches.size() == MOST_SEARCHES || length > LONGEST_SEARCHES) {
                break;
            }
            searches.add(search);
        }
        return DNSConfig.newBuilder()
                .addAllServers(all.servers().stream().limit(MOST_SERVERS).toList())
                .addAllSearches(searches)
                .addAllOptions(all.options())
                .build();
    }
}
