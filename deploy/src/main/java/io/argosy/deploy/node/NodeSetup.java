package io.argosy.deploy.node;

import io.argosy.deploy.host.Ledger;
import io.argosy.deploy.host.Machine;
import io.argosy.deploy.host.NodeNetwork;
import io.argosy.deploy.host.Sysctls;
import io.argosy.deploy.packaging.ImageNames;
import io.argosy.deploy.pki.ClusterPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** Prepares this machine: folders, certificates, configuration files, network. Everything may be done again. */
public final class NodeSetup {

    private static final String BRIDGE = "argosy0";

    private final Layout layout;
    private final Cluster cluster;
    private final Ledger ledger;
    private final Supervisor supervisor;

    private NodeSetup(Layout layout, Cluster cluster, Ledger ledger) {
        this.layout = layout;
        this.cluster = cluster;
        this.ledger = ledger;
        this.supervisor = Supervisors.forThisMachine(layout, ledger);
    }

    public static NodeSetup forThisMachine(Layout layout) {
        String address = Machine.address()
                .orElseThrow(() -> new IllegalStateException("this machine has no IPv4 address but loopback"));
        return new NodeSetup(layout, Cluster.standard(Machine.nodeName(), address), new Ledger(layout.ledger()));
    }

    public Cluster cluster() {
        return cluster;
    }

    public Supervisor supervisor() {
        return supervisor;
    }

    /** Records every folder that will come to be; the ledger itself lies in the first. */
    public void folders() {
        for (Path folder : List.of(layout.data(), layout.config(), layout.run(), layout.logs(), layout.cniConfig())) {
            ledger.recordAbsent(folder);
        }
        // The kubelet mounts its folder on itself where mounts are not shared.
        ledger.recordUnmounted(layout.kubeletRoot());
        for (Path shared : List.of(
                layout.kubeletRoot(),
                layout.kubeletRoot().resolve("pods"),
                layout.podLogs(),
                Path.of("/var/log/containers"))) {
            ledger.recordContents(shared);
        }
        ledger.record(Ledger.Kind.CGROUP, "kubepods", "");
        ledger.record(Ledger.Kind.CGROUP, "kubepods.slice", "");
        for (String table : List.of("ip kube-proxy", "ip6 kube-proxy")) {
            ledger.record(Ledger.Kind.TABLE, table, "");
        }
        try {
            for (Path folder : List.of(layout.data(), layout.config(), layout.run(), layout.logs())) {
                Files.createDirectories(folder);
            }
            Files.createDirectories(layout.config().resolve("manifests"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes down that {@code file} is of our making, if it is not there yet. */
    public void recordPath(Path file) {
        ledger.recordAbsent(file);
    }

    public ClusterPki certificates(InstantSource clock) {
        return ClusterPki.ensure(
                layout.pki(),
                new ClusterPki.Names(
                        cluster.nodeName(), cluster.server(), cluster.apiServerNames(), cluster.apiServerAddresses()),
                clock,
                new SecureRandom());
    }

    public void configuration(ClusterPki pki) {
        boolean systemdCgroups = Machine.systemdIsInit();
        write(
                layout.data().resolve("containerd.toml"),
                ConfigFiles.containerd(layout, ImageNames.PAUSE, !Machine.mayLowerOomScores(), systemdCgroups));
        write(layout.cniConfig(), ConfigFiles.cni(cluster));
        write(layout.config().resolve("kubelet.yaml"), ConfigFiles.kubelet(layout, cluster, pki, systemdCgroups));
        write(layout.config().resolve("kube-proxy.yaml"), ConfigFiles.kubeProxy(cluster, pki));
        write(layout.data().resolve("resolv.conf"), resolvConf());
        write(layout.adminKubeconfig(), read(pki.kubeconfig("admin")));
        restrict(layout.adminKubeconfig());
    }

    public void network() {
        new NodeNetwork(ledger, new Sysctls(Path.of("/proc/sys"), ledger)).prepare(cluster.podRange(), BRIDGE);
    }

    public List<Daemon> daemons(ClusterPki pki) {
        return new Daemons(layout, cluster, pki).all();
    }

    /** The node's own resolver configuration without loopback servers, which mean nothing inside a pod. */
    private static String resolvConf() {
        Path file = Path.of("/etc/resolv.conf");
        if (!Files.exists(file)) {
            return "";
        }
        StringBuilder kept = new StringBuilder();
        for (String line : read(file).lines().toList()) {
            if (!line.matches("\\s*nameserver\\s+(127\\.|::1).*")) {
                kept.append(line).append('\n');
            }
        }
        return kept.toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            if (Files.exists(file) && Files.readString(file).equals(text)) {
                return;
            }
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static void restrict(Path file) {
        try {
            Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
