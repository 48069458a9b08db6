package io.argosy.apiserver.server;

import io.argosy.daemon.tls.CertificateFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the flags of one server say. */
record ServerConfig(
        Serving serving,
        Etcd etcd,
        Requests requests,
        Identity identity,
        ServiceAccounts serviceAccounts,
        Policy policy,
        Network network) {

    /**
     * Where to listen, and as whom.
     *
     * @param selfSigned the folder of a certificate that the server makes itself, when none was given
     */
    record Serving(
            String bindAddress,
            int port,
            String advertiseAddress,
            String externalHostname,
            List<CertificateFiles> certificates,
            Optional<String> selfSigned,
            List<String> cipherSuites,
            String oldestTls,
            boolean http2,
            int streams) {}

    /** The store. */
    record Etcd(
            List<String> servers,
            Optional<Path> ca,
            Optional<Path> certificate,
            Optional<Path> key,
            String prefix,
            Duration compaction,
            Optional<Path> encryption) {}

    /** How many requests at once, and how long they may take. */
    record Requests(
            int reads,
            int writes,
            Duration timeout,
            Duration shortestWatch,
            Duration shutdownDelay,
            Duration watchGrace,
            double goawayChance,
            boolean fairness) {}

    /** How users are known. */
    record Identity(
            boolean anonymous,
            Optional<Path> clientCa,
            Optional<Path> tokenFile,
            boolean bootstrapTokens,
            Optional<Path> proxyCa,
            List<String> proxyNames,
            List<String> proxyUsers,
            List<String> proxyUids,
            List<String> proxyGroups,
            List<String> proxyExtras) {}

    /** Tokens of service accounts. */
    record ServiceAccounts(
            List<String> issuers,
            List<Path> keys,
            Optional<Path> signingKey,
            boolean lookup,
            boolean extend,
            Duration longest,
            String keysUri,
            List<String> audiences) {}

    /** Who may do what, and what is written down. */
    record Policy(
            List<String> modes,
            List<String> enabledPlugins,
            List<String> disabledPlugins,
            Optional<Path> admissionConfiguration,
            long notReadySeconds,
            long unreachableSeconds,
            Map<String, String> runtimeConfig,
            Optional<Path> auditPolicy,
            String auditPath) {}

    /** Services and kubelets. */
    record Network(
            List<String> serviceRanges,
            String nodePorts,
            Optional<Path> kubeletCa,
            Optional<Path> kubeletCertificate,
            Optional<Path> kubeletKey,
            List<String> kubeletAddresses,
            Duration kubeletTimeout,
            Duration eventTtl,
            Optional<Path> proxyCertificate,
            Optional<Path> proxyKey) {}
}
