package io.argosy.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The machine that clusters of the tests run on, as a container image: Debian with systemd and the packages that
 * {@code ./argosy} installs. Made with debootstrap once and kept by the engine.
 */
final class NodeImage {

    static final String NAME = "argosy-e2e-node:1";

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String PACKAGES = String.join(
            ",",
            "systemd",
            "systemd-sysv",
            "dbus",
            "containerd",
            "runc",
            "containernetworking-plugins",
            "nftables",
            "iptables",
            "conntrack",
            "iproute2",
            "etcd-server",
            "etcd-client",
            "procps",
            "kmod",
            "curl");

    private NodeImage() {}

    static void ensure() throws IOException {
        if (!DockerEngine.docker(LIMIT, "images", "-q", NAME).isBlank()) {
            return;
        }
        Path root = Files.createTempDirectory("argosy-e2e-root");
        try {
            Shell.must(LIMIT, "debootstrap", "--variant=minbase", "--include=" + PACKAGES, "bookworm", root.toString());
            for (String unit : List.of("etcd.service", "containerd.service", "systemd-resolved.service")) {
                Files.createSymbolicLink(root.resolve("etc/systemd/system").resolve(unit), Path.of("/dev/null"));
            }
            Shell.must(
                    LIMIT,
                    "sh",
                    "-c",
                    "tar -C \"$1\" --exclude=./var/cache/apt --exclude=./var/lib/apt/lists -c . "
                            + "| DOCKER_HOST=unix://" + DockerEngine.SOCKET + " docker import - " + NAME,
                    "sh",
                    root.toString());
        } finally {
            Shell.must(LIMIT, "rm", "-rf", "--one-file-system", root.toString());
        }
    }
}
