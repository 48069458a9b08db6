package io.argosy.deploy.node;

import io.argosy.deploy.pki.ClusterPki;
import java.util.ArrayList;
import java.util.List;

/** The daemons of a single node in the order in which they start, each with its flags: a pure function of the cluster. */
public final class Daemons {

    private final Layout layout;
    private final Cluster cluster;
    private final ClusterPki pki;

    public Daemons(Layout layout, Cluster cluster, ClusterPki pki) {
        this.layout = layout;
        this.cluster = cluster;
        this.pki = pki;
    }

    public List<Daemon> all() {
        return List.of(etcd(), containerd(), apiServer(), controllerManager(), scheduler(), kubelet(), kubeProxy());
    }

    private Daemon etcd() {
        return Daemon.of(
                "etcd",
                "",
                "127.0.0.1:2379",
                List.of(
                        "/usr/bin/etcd",
                        "--name=" + cluster.nodeName(),
                        "--data-dir=" + layout.data().resolve("etcd"),
                        "--listen-client-urls=https://127.0.0.1:2379",
                        "--advertise-client-urls=https://127.0.0.1:2379",
                        "--listen-peer-urls=https://127.0.0.1:2380",
                        "--initial-advertise-peer-urls=https://127.0.0.1:2380",
                        "--initial-cluster=" + cluster.nodeName() + "=https://127.0.0.1:2380",
                        "--listen-metrics-urls=http://127.0.0.1:2381",
                        "--cert-file=" + pki.certificate("etcd"),
                        "--key-file=" + pki.key("etcd"),
                        "--trusted-ca-file=" + pki.certificate("etcd-ca"),
                        "--client-cert-auth=true",
                        "--peer-cert-file=" + pki.certificate("etcd"),
                        "--peer-key-file=" + pki.key("etcd"),
                        "--peer-trusted-ca-file=" + pki.certificate("etcd-ca"),
                        "--peer-client-cert-auth=true",
                        "--snapshot-count=10000",
                        "--logger=zap",
                        "--log-level=warn"));
    }

    private Daemon containerd() {
        return Daemon.ofContainers(
                "containerd",
                "",
                layout.containerdSocket().toString(),
                List.of("/usr/bin/containerd", "--config=" + layout.data().resolve("containerd.toml")));
    }

    private Daemon apiServer() {
        return Daemon.of(
                "kube-apiserver",
                "etcd",
                cluster.nodeAddress() + ":" + Cluster.API_PORT,
                java(
                        "kube-apiserver",
                        List.of(
                                "--advertise-address=" + cluster.nodeAddress(),
                                "--secure-port=" + Cluster.API_PORT,
                                "--allow-privileged=true",
                                "--authorization-mode=Node,RBAC",
                                "--enable-admission-plugins=NodeRestriction",
                                "--enable-bootstrap-token-auth=true",
                                "--client-ca-file=" + pki.certificate("ca"),
                                "--tls-cert-file=" + pki.certificate("apiserver"),
                                "--tls-private-key-file=" + pki.key("apiserver"),
                                "--etcd-servers=https://127.0.0.1:2379",
                                "--etcd-cafile=" + pki.certificate("etcd-ca"),
                                "--etcd-certfile=" + pki.certificate("apiserver-etcd-client"),
                                "--etcd-keyfile=" + pki.key("apiserver-etcd-client"),
                                "--kubelet-client-certificate=" + pki.certificate("apiserver-kubelet-client"),
                                "--kubelet-client-key=" + pki.key("apiserver-kubelet-client"),
                                "--kubelet-certificate-authority=" + pki.certificate("ca"),
                                "--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname",
                                "--proxy-client-cert-file=" + pki.certificate("front-proxy-client"),
                                "--proxy-client-key-file=" + pki.key("front-proxy-client"),
                                "--requestheader-client-ca-file=" + pki.certificate("front-proxy-ca"),
                                "--requestheader-allowed-names=front-proxy-client",
                                "--requestheader-username-headers=X-Remote-User",
                                "--requestheader-group-headers=X-Remote-Group",
                                "--requestheader-extra-headers-prefix=X-Remote-Extra-",
                                "--service-account-issuer=https://kubernetes.default.svc." + cluster.domain(),
                                "--service-account-key-file=" + pki.serviceAccountPublicKey(),
                                "--service-account-signing-key-file=" + pki.key("sa"),
                                "--service-cluster-ip-range=" + cluster.serviceRange())));
    }

    private Daemon controllerManager() {
        return Daemon.of(
                "kube-controller-manager",
                "kube-apiserver",
                "127.0.0.1:10257",
                java(
                        "kube-controller-manager",
                        List.of(
                                "--bind-address=127.0.0.1",
                                "--kubeconfig=" + pki.kubeconfig("controller-manager"),
                                "--authentication-kubeconfig=" + pki.kubeconfig("controller-manager"),
                                "--authorization-kubeconfig=" + pki.kubeconfig("controller-manager"),
                                "--client-ca-file=" + pki.certificate("ca"),
                                "--tls-cert-file=" + pki.certificate("kube-controller-manager"),
                                "--tls-private-key-file=" + pki.key("kube-controller-manager"),
                                "--root-ca-file=" + pki.certificate("ca"),
                                "--cluster-signing-cert-file=" + pki.certificate("ca"),
                                "--cluster-signing-key-file=" + pki.key("ca"),
                                "--service-account-private-key-file=" + pki.key("sa"),
                                "--use-service-account-credentials=true",
                                "--allocate-node-cidrs=true",
                                "--cluster-cidr=" + cluster.podRange(),
                                "--service-cluster-ip-range=" + cluster.serviceRange(),
                                "--controllers=*,bootstrap-signer-controller,token-cleaner-controller",
                                "--leader-elect=true")));
    }

    private Daemon scheduler() {
        return Daemon.of(
                "kube-scheduler",
                "kube-apiserver",
                "127.0.0.1:10259",
                java(
                        "kube-scheduler",
                        List.of(
                                "--bind-address=127.0.0.1",
                                "--kubeconfig=" + pki.kubeconfig("scheduler"),
                                "--authentication-kubeconfig=" + pki.kubeconfig("scheduler"),
                                "--authorization-kubeconfig=" + pki.kubeconfig("scheduler"),
                                "--client-ca-file=" + pki.certificate("ca"),
                                "--tls-cert-file=" + pki.certificate("kube-scheduler"),
                                "--tls-private-key-file=" + pki.key("kube-scheduler"),
                                "--leader-elect=true")));
    }

    private Daemon kubelet() {
        return Daemon.ofContainers(
                "kubelet",
                "containerd",
                cluster.nodeAddress() + ":10250",
                java(
                        "kubelet",
                        List.of(
                                "--config=" + layout.config().resolve("kubelet.yaml"),
                                "--kubeconfig=" + pki.kubeconfig("kubelet"),
                                "--node-ip=" + cluster.nodeAddress(),
                                "--hostname-override=" + cluster.nodeName())));
    }

    private Daemon kubeProxy() {
        return Daemon.of(
                "kube-proxy",
                "kube-apiserver",
                "127.0.0.1:10249",
                java("kube-proxy", List.of("--config=" + layout.config().resolve("kube-proxy.yaml"))));
    }

    private List<String> java(String executable, List<String> flags) {
        List<String> command = new ArrayList<>();
        command.add(layout.executable(executable).toString());
        command.addAll(flags);
        return command;
    }
}
