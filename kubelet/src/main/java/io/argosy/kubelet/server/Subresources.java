package io.argosy.kubelet.server;

import java.util.List;

/**
 * Which subresources of its node a path asks for: any one that the caller may use will do, the finest first. Pure.
 *
 * <p>Source: Kubernetes, "Kubelet authentication/authorization".
 */
final class Subresources {

    private Subresources() {}

    static List<String> of(String path) {
        if (below(path, "/stats")) {
            return List.of("stats");
        }
        if (below(path, "/metrics")) {
            return List.of("metrics");
        }
        if (below(path, "/logs")) {
            return List.of("log");
        }
        if (below(path, "/checkpoint")) {
            return List.of("checkpoint");
        }
        if (below(path, "/statusz")) {
            return List.of("statusz");
        }
        if (below(path, "/flagz")) {
            return List.of("flagz");
        }
        if (below(path, "/pods") || below(path, "/runningpods")) {
            return List.of("pods", "proxy");
        }
        if (below(path, "/healthz")) {
            return List.of("healthz", "proxy");
        }
        if (below(path, "/configz")) {
            return List.of("configz", "proxy");
        }
        return List.of("proxy");
    }

    private static boolean below(String path, String root) {
        return path.equals(root) || path.startsWith(root + "/");
    }
}
