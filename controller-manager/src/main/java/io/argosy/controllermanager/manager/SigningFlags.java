package io.argosy.controllermanager.manager;

import io.argosy.daemon.flags.Flag;
import io.argosy.daemon.flags.FlagSection;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.ParsedFlags;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The flags of the certificate signers: one pair of files for all, or one for each. */
final class SigningFlags {

    private static final Map<String, String> SIGNERS = Map.of(
            "kubelet-serving", "kubernetes.io/kubelet-serving",
            "kubelet-client", "kubernetes.io/kube-apiserver-client-kubelet",
            "kube-apiserver-client", "kubernetes.io/kube-apiserver-client",
            "legacy-unknown", "kubernetes.io/legacy-unknown");

    private final Flag<String> certificate;
    private final Flag<String> key;
    private final Flag<Duration> duration;
    private final Map<String, Flag<String>> certificates = new LinkedHashMap<>();
    private final Map<String, Flag<String>> keys = new LinkedHashMap<>();

    SigningFlags(FlagSet flags) {
        FlagSection section = flags.section("Csrsigning controller flags");
        certificate = section.string("cluster-signing-cert-file", "", "CA certificate of all signers.");
        key = section.string("cluster-signing-key-file", "", "Key of --cluster-signing-cert-file.");
        duration = section.duration(
                "cluster-signing-duration", Duration.ofHours(8760), "How long certificates are valid at most.");
        SIGNERS.forEach((flag, signer) -> {
            certificates.put(
                    signer,
                    section.string("cluster-signing-" + flag + "-cert-file", "", "CA certificate of " + signer + "."));
            keys.put(signer, section.string("cluster-signing-" + flag + "-key-file", "", "CA key of " + signer + "."));
        });
    }

    ManagerConfig.Signing read(ParsedFlags flags) {
        Map<String, ManagerConfig.Pair> pairs = new LinkedHashMap<>();
        certificates.forEach((signer, flag) -> {
            String own = flags.get(flag);
            ManagerConfig.Pair pair = own.isEmpty()
                    ? new ManagerConfig.Pair(flags.get(certificate), flags.get(key))
                    : new ManagerConfig.Pair(own, flags.get(keys.getOrDefault(signer, key)));
            if (!pair.certificate().isEmpty() && !pair.key().isEmpty()) {
                pairs.put(signer, pair);
            }
        });
        return new ManagerConfig.Signing(pairs, flags.get(duration));
    }
}
