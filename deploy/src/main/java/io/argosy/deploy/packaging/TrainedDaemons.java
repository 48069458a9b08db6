package io.argosy.deploy.packaging;

import io.argosy.deploy.pki.ClusterPki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The command lines of a training run: everything on the loopback, on free ports where the daemon lets choose, and below
 * one folder.
 */
record TrainedDaemons(Path distribution, Path folder, ClusterPki pki, List<Integer> ports) {

    static final String NODE = "training";

    private static final Path ETCD = Path.of("/usr/bin/etcd");
    private static final Path CONTAINERD = Path.of("/usr/bin/containerd");
    private static final int PORTS = 5;

    TrainedDaemons {
        ports = List.copyOf(ports);
    }

    static TrainedDaemons of(Path distribution, Path folder) throws IOException {
        List<Integer> ports = freePorts();
        ClusterPki pki = ClusterPki.ensure(
                folder.resolve("pki"),
                new ClusterPki.Names(
                        NODE,
                        "https://127.0.0.1:" + ports.getFirst(),
                        List.of("localhost"),
                        List.of("127.0.0.1", "10.96.0.1")),
                InstantSource.system(),
                new SecureRandom());
        return new TrainedDaemons(distribution, folder, pki, ports);
    }

    /** Whether this machine has what the least run needs. */
    static boolean possible() {
        return Files.isExecutable(ETCD);
    }

    static boolean hasContainerd() {
        return Files.isExecutable(CONTAINERD);
    }

    Path admin() {
        return pki.kubeconfig("admin");
    }

    /** Where the AOT cache of an executable belongs. */
    Path cache(String name) {
        return distribution.resolve("lib/aot").resolve(name + ".aot");
    }

    List<String> etcd() {
        String client = "http://127.0.0.1:" + ports.get(1);
        String peer = "http://127.0.0.1:" + ports.get(2);
        return List.of(
                ETCD.toString(),
                "--name=training",
                "--data-dir=" + folder.resolve("etcd"),
                "--unsafe-no-fsync",
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=training=" + peer);
    }

    List<String> apiServer() {
        return daemon(
                "kube-apiserver",
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + ports.getFirst(),
                "--etcd-servers=http://127.0.0.1:" + ports.get(1),
                "--allow-privileged=true",
                "--authorization-mode=Node,RBAC",
                "--enable-admission-plugins=NodeRestriction",
                "--client-ca-file=" + pki.certificate("ca"),
                "--tls-cert-file=" + pki.certificate("apiserver"),
                "--tls-private-key-file=" + pki.key("apiserver"),
                "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
                "--service-account-key-file=" + pki.serviceAccountPublicKey(),
                "--service-account-signing-key-file=" + pki.key("sa"),
                "--service-cluster-ip-range=10.96.0.0/16");
    }

    List<String> controllerManager() {
        return daemon(
                "kube-controller-manager",
                "--bind-address=127.0.0.1",
                "--secure-port=" + ports.get(3),
                "--kubeconfig=" + pki.kubeconfig("controller-manager"),
                "--authentication-kubeconfig=" + pki.kubeconfig("controller-manager"),
                "--authorization-kubeconfig=" + pki.kubeconfig("controller-manager"),
                "--root-ca-file=" + pki.certificate("ca"),
                "--cluster-signing-cert-file=" + pki.certificate("ca"),
                "--cluster-signing-key-file=" + pki.key("ca"),
                "--service-account-private-key-file=" + pki.key("sa"),
                "--use-service-account-credentials=true",
                "--allocate-node-cidrs=true",
                "--cluster-cidr=10.244.0.0/16",
                "--leader-elect=true");
    }

    List<String> scheduler() {
        return daemon(
                "kube-scheduler",
                "--bind-address=127.0.0.1",
                "--secure-port=" + ports.get(4),
                "--kubeconfig=" + pki.kubeconfig("scheduler"),
                "--authentication-kubeconfig=" + pki.kubeconfig("scheduler"),
                "--authorization-kubeconfig=" + pki.kubeconfig("scheduler"),
                "--leader-elect=true");
    }

    List<String> dns() {
        return daemon("cluster-dns", "--kubeconfig=" + pki.kubeconfig("admin"), "--bind-address=127.0.0.1");
    }

    List<String> proxy() throws IOException {
        Path config = Files.writeString(folder.resolve("proxy.yaml"), """
                apiVersion: kubeproxy.config.k8s.io/v1alpha1
                kind: KubeProxyConfiguration
                mode: nftables
                hostnameOverride: %s
                clusterCIDR: 10.244.0.0/16
                clientConnection:
                  kubeconfig: %s
                conntrack:
                  maxPerCore: 0
                  tcpEstablishedTimeout: 0s
                  tcpCloseWaitTimeout: 0s
                """.formatted(NODE, pki.kubeconfig("admin")));
        return daemon("kube-proxy", "--config=" + config);
    }

    List<String> containerd() throws IOException {
        Path config = Files.writeString(folder.resolve("containerd.toml"), """
                version = 2
                root = "%1$s/containerd"
                state = "%1$s/containerd-state"
                [grpc]
                  address = "%2$s"
                [ttrpc]
                  address = "%2$s.ttrpc"
                [plugins."io.containerd.grpc.v1.cri".cni]
                  conf_dir = "%1$s/cni"
                """.formatted(folder, socket()));
        return List.of(CONTAINERD.toString(), "--config=" + config);
    }

    /** A kubelet that registers its node and gets no pods. */
    List<String> kubelet() throws IOException {
        Path config = Files.writeString(folder.resolve("kubelet.yaml"), """
                apiVersion: kubelet.config.k8s.io/v1beta1
                kind: KubeletConfiguration
                authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: %1$s}}
                authorization: {mode: Webhook}
                tlsCertFile: %2$s
                tlsPrivateKeyFile: %3$s
                cgroupsPerQOS: false
                enforceNodeAllocatable: []
                failCgroupV1: false
                failSwapOn: false
                containerRuntimeEndpoint: unix://%4$s
                podLogsDir: %5$s/logs
                registerWithTaints: [{key: training, effect: NoExecute}]
                """.formatted(
                        pki.certificate("ca"), pki.certificate("kubelet"), pki.key("kubelet"), socket(), folder));
        return daemon(
                "kubelet",
                "--config=" + config,
                "--kubeconfig=" + pki.kubeconfig("kubelet"),
                "--root-dir=" + folder.resolve("kubelet"),
                "--node-ip=127.0.0.1",
                "--hostname-override=" + NODE);
    }

    private String socket() {
        return folder.resolve("containerd.sock").toString();
    }

    private List<String> daemon(String name, String... flags) {
        List<String> command = new ArrayList<>();
        command.add(distribution.resolve("bin").resolve(name).toString());
        command.addAll(List.of(flags));
        return List.copyOf(command);
    }

    private static List<Integer> freePorts() throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int port = 0; port < PORTS; port++) {
                held.add(new ServerSocket(0, 1, loopback));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }
}
