package io.argosy.deploy.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/**
 * All certificates of a cluster on this machine, under one folder: the cluster's authority, one for etcd and one for the
 * front proxy, as kubeadm lays them out, and a kubeconfig per client in {@code kubeconfig/}.
 */
public final class ClusterPki {

    /**
     * What the certificates must say.
     *
     * @param apiServerNames DNS names of the API server beside the standard ones
     * @param apiServerAddresses where clients reach it, and the first address of the Service range
     */
    public record Names(String nodeName, String server, List<String> apiServerNames, List<String> apiServerAddresses) {
        public Names {
            apiServerNames = List.copyOf(apiServerNames);
            apiServerAddresses = List.copyOf(apiServerAddresses);
        }
    }

    private final Path folder;

    private ClusterPki(Path folder) {
        this.folder = folder;
    }

    /** Makes what is not there yet and renews what is due; what is valid stays as it is. */
    public static ClusterPki ensure(Path folder, Names names, InstantSource clock, SecureRandom random) {
        ClusterPki pki = new ClusterPki(folder);
        CertificateAuthority cluster = CertificateAuthority.at(folder, "ca", "kubernetes", clock, random);
        CertificateAuthority etcd = CertificateAuthority.at(folder, "etcd-ca", "etcd-ca", clock, random);
        CertificateAuthority proxy = CertificateAuthority.at(folder, "front-proxy-ca", "front-proxy-ca", clock, random);

        List<String> local = List.of("127.0.0.1", "::1");
        etcd.issue(folder, "etcd", Subject.peer(names.nodeName(), List.of("localhost", names.nodeName()), local));
        etcd.issue(folder, "apiserver-etcd-client", Subject.client("kube-apiserver-etcd-client"));
        proxy.issue(folder, "front-proxy-client", Subject.client("front-proxy-client"));
        cluster.issue(
                folder,
                "apiserver",
                Subject.server("kube-apiserver", names.apiServerNames(), names.apiServerAddresses()));
        cluster.issue(folder, "apiserver-kubelet-client", Subject.client("kube-apiserver-kubelet-client"));
        for (String daemon : List.of("controller-manager", "scheduler")) {
            cluster.issue(folder, "kube-" + daemon, Subject.server("kube-" + daemon, List.of("localhost"), local));
        }
        cluster.issue(
                folder,
                "kubelet",
                Subject.server(
                        "system:node:" + names.nodeName(), List.of(names.nodeName()), names.apiServerAddresses()));
        pki.serviceAccountKey(random);

        pki.kubeconfig(cluster, names, "admin", Subject.client("kubernetes-admin", "system:masters"));
        pki.kubeconfig(cluster, names, "controller-manager", Subject.client("system:kube-controller-manager"));
        pki.kubeconfig(cluster, names, "scheduler", Subject.client("system:kube-scheduler"));
        pki.kubeconfig(cluster, names, "kube-proxy", Subject.client("system:kube-proxy"));
        pki.kubeconfig(cluster, names, "kubelet", Subject.client("system:node:" + names.nodeName(), "system:nodes"));
        return pki;
    }

    public static ClusterPki existing(Path folder) {
        return new ClusterPki(folder);
    }

    public Path certificate(String name) {
        return folder.resolve(name + ".crt");
    }

    public Path key(String name) {
        return folder.resolve(name + ".key");
    }

    public Path kubeconfig(String user) {
        return folder.resolve("kubeconfig").resolve(user + ".conf");
    }

    public Path serviceAccountPublicKey() {
        return folder.resolve("sa.pub");
    }

    /** When the first certificate here ends. */
    public java.time.Instant firstExpiry() {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".crt"))
                    .map(file -> CertificateAuthority.readCertificate(file)
                            .getNotAfter()
                            .toInstant())
                    .min(java.time.Instant::compareTo)
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serviceAccountKey(SecureRandom random) {
        if (Files.exists(key("sa")) && Files.exists(serviceAccountPublicKey())) {
            return;
        }
        var pair = CertificateAuthority.newKeyPair(random);
        KeyFiles.writeSecret(key("sa"), pair.getPrivate());
        KeyFiles.writePublic(serviceAccountPublicKey(), pair.getPublic());
    }

    private void kubeconfig(CertificateAuthority authority, Names names, String user, Subject subject) {
        Path users = Objects.requireNonNull(kubeconfig(user).getParent());
        CertificateAuthority.Leaf leaf = authority.issue(users, user, subject);
        String text = Kubeconfigs.text("argosy", names.server(), certificate("ca"), leaf, subject.commonName());
        Path file = kubeconfig(user);
        try {
            if (!Files.exists(file) || !Files.readString(file).equals(text)) {
                Kubeconfigs.write(file, text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
