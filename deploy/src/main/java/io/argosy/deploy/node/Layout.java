package io.argosy.deploy.node;

import java.nio.file.Path;

/**
 * Where everything lies on a node.
 *
 * @param distribution the unpacked distribution
 * @param config {@code /etc/argosy}
 * @param data {@code /var/lib/argosy}: what must outlive a reboot
 * @param run {@code /run/argosy}: sockets and process ids
 * @param logs {@code /var/log/argosy}
 */
public record Layout(Path distribution, Path config, Path data, Path run, Path logs) {

    public static Layout of(Path distribution) {
        return new Layout(
                distribution,
                Path.of("/etc/argosy"),
                Path.of("/var/lib/argosy"),
                Path.of("/run/argosy"),
                Path.of("/var/log/argosy"));
    }

    public Path executable(String name) {
        return distribution.resolve("bin").resolve(name);
    }

    public Path images() {
        return distribution.resolve("images");
    }

    public Path pki() {
        return data.resolve("pki");
    }

    public Path ledger() {
        return data.resolve("ledger");
    }

    public Path adminKubeconfig() {
        return config.resolve("admin.conf");
    }

    public Path log(String daemon) {
        return logs.resolve(daemon + ".log");
    }

    public Path containerdSocket() {
        return run.resolve("containerd").resolve("containerd.sock");
    }

    public Path cniConfig() {
        return Path.of("/etc/cni/net.d/10-argosy.conflist");
    }

    public Path kubeletRoot() {
        return Path.of("/var/lib/kubelet");
    }

    public Path podLogs() {
        return Path.of("/var/log/pods");
    }
}
