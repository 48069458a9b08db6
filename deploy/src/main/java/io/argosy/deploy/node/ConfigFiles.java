package io.argosy.deploy.node;

import io.argosy.deploy.pki.ClusterPki;

/** The configuration files that the daemons of a node read, as texts: pure functions of the cluster and the machine. */
public final class ConfigFiles {

    private ConfigFiles() {}

    /**
     * containerd's configuration (its version 2 form, which 1.6 to 2.x read).
     *
     * @param restrictOomScores this machine may not lower OOM scores
     * @param systemdCgroups runc asks systemd for cgroups instead of making them
     */
    public static String containerd(
            Layout layout, String pauseImage, boolean restrictOomScores, boolean systemdCgroups) {
        return """
                version = 2
                root = "%1$s/containerd"
                state = "%2$s/containerd"

                [grpc]
                  address = "%3$s"

                [ttrpc]
                  address = "%3$s.ttrpc"

                [plugins."io.containerd.grpc.v1.cri"]
                  sandbox_image = "%4$s"
                  restrict_oom_score_adj = %5$s
                  max_container_log_line_size = 16384
                  enable_unprivileged_ports = true
                  enable_unprivileged_icmp = true
                  tolerate_missing_hugetlb_controller = true
                  disable_apparmor = %7$s

                  [plugins."io.containerd.grpc.v1.cri".cni]
                    bin_dir = "/usr/lib/cni"
                    conf_dir = "/etc/cni/net.d"

                  [plugins."io.containerd.grpc.v1.cri".registry]
                    config_path = "%1$s/certs.d"

                  [plugins."io.containerd.grpc.v1.cri".containerd]
                    snapshotter = "overlayfs"
                    default_runtime_name = "runc"

                    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
                      runtime_type = "io.containerd.runc.v2"

                      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
                        SystemdCgroup = %6$s
                """.formatted(
                        layout.data(),
                        layout.run(),
                        layout.containerdSocket(),
                        pauseImage,
                        restrictOomScores,
                        systemdCgroups,
                        !java.nio.file.Files.isDirectory(java.nio.file.Path.of("/sys/kernel/security/apparmor")));
    }

    /** One bridge for the node's pods, their addresses from the node's range, host ports by portmap. */
    public static String cni(Cluster cluster) {
        return """
                {
                  "cniVersion": "1.0.0",
                  "name": "argosy",
                  "plugins": [
                    {
                      "type": "bridge",
                      "bridge": "argosy0",
                      "isGateway": true,
                      "ipMasq": false,
                      "hairpinMode": true,
                      "promiscMode": false,
                      "ipam": {
                        "type": "host-local",
                        "dataDir": "/run/argosy/cni",
                        "ranges": [[{"subnet": "%s"}]],
                        "routes": [{"dst": "0.0.0.0/0"}]
                      }
                    },
                    {"type": "portmap", "capabilities": {"portMappings": true}, "snat": true},
                    {"type": "bandwidth", "capabilities": {"bandwidth": true}}
                  ]
                }
                """.formatted(cluster.nodePodRange());
    }

    /** KubeletConfiguration. */
    public static String kubelet(Layout layout, Cluster cluster, ClusterPki pki, boolean systemdCgroups) {
        return """
                apiVersion: kubelet.config.k8s.io/v1beta1
                kind: KubeletConfiguration
                authentication:
                  anonymous:
                    enabled: false
                  webhook:
                    enabled: true
                  x509:
                    clientCAFile: %1$s
                authorization:
                  mode: Webhook
                tlsCertFile: %2$s
                tlsPrivateKeyFile: %3$s
                rotateCertificates: true
                cgroupDriver: %4$s
                failCgroupV1: false
                failSwapOn: false
                clusterDNS:
                - %5$s
                clusterDomain: %6$s
                containerRuntimeEndpoint: unix://%7$s
                resolvConf: %8$s
                staticPodPath: %9$s
                readOnlyPort: 0
                serializeImagePulls: false
                """.formatted(
                        pki.certificate("ca"),
                        pki.certificate("kubelet"),
                        pki.key("kubelet"),
                        systemdCgroups ? "systemd" : "cgroupfs",
                        cluster.dnsAddress(),
                        cluster.domain(),
                        layout.containerdSocket(),
                        layout.data().resolve("resolv.conf"),
                        layout.config().resolve("manifests"));
    }

    /** KubeProxyConfiguration. */
    public static String kubeProxy(Cluster cluster, ClusterPki pki) {
        return """
                apiVersion: kubeproxy.config.k8s.io/v1alpha1
                kind: KubeProxyConfiguration
                mode: nftables
                hostnameOverride: %1$s
                clusterCIDR: %2$s
                clientConnection:
                  kubeconfig: %3$s
                conntrack:
                  maxPerCore: 0
                  tcpEstablishedTimeout: 0s
                  tcpCloseWaitTimeout: 0s
                """.formatted(cluster.nodeName(), cluster.podRange(), pki.kubeconfig("kube-proxy"));
    }
}
