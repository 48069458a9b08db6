package io.argosy.kubelet.container;

import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The downward API: fields of a pod as text. Pure.
 *
 * <p>Source: Kubernetes, "Downward API".
 */
public final class FieldReader {

    /** The node's part of the answers. */
    public record NodeFacts(String nodeName, List<String> hostIps) {}

    private FieldReader() {}

    /** @throws IllegalArgumentException when the path names nothing that can be read */
    public static String read(Pod pod, String path, List<String> podIps, NodeFacts node) {
        String key = subscript(path);
        if (!key.isEmpty()) {
            return switch (path.substring(0, path.indexOf('['))) {
                case "metadata.annotations" -> PodView.annotations(pod).getOrDefault(key, "");
                case "metadata.labels" -> PodView.labels(pod).getOrDefault(key, "");
                default -> throw unknown(path);
            };
        }
        return switch (path) {
            case "metadata.name" -> pod.getMetadata().getName();
            case "metadata.namespace" -> pod.getMetadata().getNamespace();
            case "metadata.uid" -> pod.getMetadata().getUid();
            case "metadata.labels" -> formatted(PodView.labels(pod));
            case "metadata.annotations" -> formatted(PodView.annotations(pod));
            case "spec.nodeName" -> node.nodeName();
            case "spec.serviceAccountName" -> orEmpty(pod.getSpec().getServiceAccountName());
            case "status.hostIP" -> first(node.hostIps());
            case "status.hostIPs" -> String.join(",", node.hostIps());
            case "status.podIP" -> first(podIps);
            case "status.podIPs" -> String.join(",", podIps);
            default -> throw unknown(path);
        };
    }

    private static String subscript(String path) {
        int open = path.indexOf("['");
        return open > 0 && path.endsWith("']") ? path.substring(open + 2, path.length() - 2) : "";
    }

    /** Sorted lines of {@code key="escaped value"}. */
    static String formatted(Map<String, String> map) {
        StringBuilder out = new StringBuilder();
        new TreeMap<>(map).forEach((k, v) -> {
            if (!out.isEmpty()) {
                out.append('\n');
            }
            out.append(k).append('=').append(quoted(v));
        });
        return out.toString();
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || c == 0x7f) {
                        out.append(String.format("\\x%02x", c));
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.append('"').toString();
    }

    private static String first(List<String> values) {
        return values.isEmpty() ? "" : values.getFirst();
    }

    private static String orEmpty(String value) {
        return value == null ? "" : value;
    }

    private static IllegalArgumentException unknown(String path) {
        return new IllegalArgumentException("unsupported fieldPath: " + path);
    }
}
