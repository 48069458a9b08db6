package io.argosy.apiserver.server;

import io.argosy.daemon.config.Problems;
import io.argosy.daemon.flags.Flag;
import io.argosy.daemon.flags.FlagSection;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.ParsedFlags;
import io.argosy.daemon.tls.CertificateFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The flags of kube-apiserver that say something here, and what they say as a {@link ServerConfig}. */
final class ServerFlags {

    private final Flag<String> advertiseAddress;
    private final Flag<String> bindAddress;
    private final Flag<Integer> securePort;
    private final Flag<String> externalHostname;
    private final Flag<String> tlsCert;
    private final Flag<String> tlsKey;
    private final Flag<String> certificateFolder;
    private final Flag<List<String>> tlsSni;
    private final Flag<List<String>> cipherSuites;
    private final Flag<String> minimumTls;
    private final Flag<Boolean> noHttp2;
    private final Flag<Integer> streams;
    private final Flag<List<String>> etcdServers;
    private final Flag<String> etcdCa;
    private final Flag<String> etcdCert;
    private final Flag<String> etcdKey;
    private final Flag<String> etcdPrefix;
    private final Flag<Duration> compaction;
    private final Flag<String> encryption;
    private final Flag<Integer> readsInFlight;
    private final Flag<Integer> writesInFlight;
    private final Flag<Duration> requestTimeout;
    private final Flag<Integer> minimumWatch;
    private final Flag<Duration> shutdownDelay;
    private final Flag<Duration> watchGrace;
    private final Flag<Double> goawayChance;
    private final Flag<Boolean> fairness;
    private final Flag<String> clientCa;
    private final Flag<Boolean> anonymous;
    private final Flag<String> tokenFile;
    private final Flag<Boolean> bootstrapTokens;
    private final Flag<String> proxyCa;
    private final Flag<List<String>> proxyNames;
    private final Flag<List<String>> proxyUsers;
    private final Flag<List<String>> proxyUids;
    private final Flag<List<String>> proxyGroups;
    private final Flag<List<String>> proxyExtras;
    private final Flag<List<String>> issuers;
    private final Flag<List<String>> serviceAccountKeys;
    private final Flag<String> signingKey;
    private final Flag<Boolean> lookup;
    private final Flag<Boolean> extendTokens;
    private final Flag<Duration> longestToken;
    private final Flag<String> keysUri;
    private final Flag<List<String>> audiences;
    private final Flag<List<String>> modes;
    private final Flag<List<String>> enabledPlugins;
    private final Flag<List<String>> disabledPlugins;
    private final Flag<String> admissionConfiguration;
    private final Flag<Long> notReadySeconds;
    private final Flag<Long> unreachableSeconds;
    private final Flag<Map<String, String>> runtimeConfig;
    private final Flag<String> auditPolicy;
    private final Flag<String> auditPath;
    private final Flag<String> serviceRanges;
    private final Flag<String> nodePorts;
    private final Flag<String> kubeletCa;
    private final Flag<String> kubeletCert;
    private final Flag<String> kubeletKey;
    private final Flag<List<String>> kubeletAddresses;
    private final Flag<Duration> kubeletTimeout;
    private final Flag<Duration> eventTtl;
    private final Flag<String> proxyClientCert;
    private final Flag<String> proxyClientKey;
    private final OtherFlags others;

    ServerFlags(FlagSet flags) {
        FlagSection generic = flags.section("Generic flags");
        advertiseAddress = generic.ip("advertise-address", "", "The address that the cluster reaches this server at.");
        externalHostname = generic.string("external-hostname", "", "The host name in URLs that the server tells.");
        readsInFlight = generic.integer("max-requests-inflight", 400, "How many reads may be answered at once.");
        writesInFlight =
                generic.integer("max-mutating-requests-inflight", 200, "How many writes may be answered at once.");
        requestTimeout = generic.duration("request-timeout", Duration.ofMinutes(1), "How long a request may take.");
        minimumWatch = generic.integer("min-request-timeout", 1800, "Seconds that a watch lasts at least.");
        shutdownDelay = generic.duration(
                "shutdown-delay-duration", Duration.ZERO, "How long to serve on after the signal to stop.");
        watchGrace = generic.duration(
                "shutdown-watch-termination-grace-period", Duration.ZERO, "How long watches may end by themselves.");
        goawayChance = generic.decimal("goaway-chance", 0, "The share of HTTP/2 requests that end their connection.");
        fairness = flags.section("Features flags")
                .bool("enable-priority-and-fairness", true, "Let requests in by priority and in fairness.");
        FlagSection etcd = flags.section("Etcd flags");
        etcdServers = etcd.strings("etcd-servers", List.of(), "The etcd members: scheme://host:port.");
        etcdCa = etcd.string("etcd-cafile", "", "Authorities of etcd's certificates.");
        etcdCert = etcd.string("etcd-certfile", "", "The client certificate for etcd.");
        etcdKey = etcd.string("etcd-keyfile", "", "The key of the client certificate for etcd.");
        etcdPrefix = etcd.string("etcd-prefix", "/registry", "What all keys begin with.");
        compaction = etcd.duration(
                "etcd-compaction-interval", Duration.ofMinutes(5), "How often old revisions are dropped; 0 is never.");
        encryption = etcd.string("encryption-provider-config", "", "The file that says how objects are encrypted.");
        FlagSection serving = flags.section("Secure serving flags");
        bindAddress = serving.ip("bind-address", "0.0.0.0", "The address to listen on.");
        securePort = serving.integer("secure-port", 6443, "The port to listen on.");
        tlsCert = serving.string("tls-cert-file", "", "The serving certificate and its chain.");
        tlsKey = serving.string("tls-private-key-file", "", "The key of the serving certificate.");
        certificateFolder = serving.string(
                "cert-dir", "/var/run/kubernetes", "Where a self-signed certificate is kept when none is given.");
        tlsSni = serving.repeated(
                "namedCertKey",
                "tls-sni-cert-key",
                "[]",
                "A certificate, its key, and host names: cert,key:name,name. May be repeated.");
        cipherSuites = serving.strings("tls-cipher-suites", List.of(), "The cipher suites of TLS 1.2.");
        minimumTls = serving.string("tls-min-version", "", "The oldest version of TLS: VersionTLS12 or VersionTLS13.");
        noHttp2 = serving.bool("disable-http2-serving", false, "Speak HTTP/1.1 only.");
        streams = serving.integer("http2-max-streams-per-connection", 0, "Streams of a connection; 0 is 100.");
        FlagSection auditing = flags.section("Auditing flags");
        auditPolicy = auditing.string("audit-policy-file", "", "Which requests are written to the audit log, and how.");
        auditPath = auditing.string("audit-log-path", "", "The audit log; - is standard output.");
        FlagSection authentication = flags.section("Authentication flags");
        anonymous = authentication.bool("anonymous-auth", true, "Let requests without credentials in.");
        clientCa = authentication.string("client-ca-file", "", "Authorities of client certificates.");
        tokenFile = authentication.string("token-auth-file", "", "A file of tokens and users.");
        bootstrapTokens = authentication.bool("enable-bootstrap-token-auth", false, "Take bootstrap tokens.");
        audiences = authentication.strings("api-audiences", List.of(), "Whom tokens for this server are made for.");
        proxyCa = authentication.string(
                "requestheader-client-ca-file", "", "Authorities of proxies whose headers name users.");
        proxyNames = authentication.strings("requestheader-allowed-names", List.of(), "Common names of such proxies.");
        proxyUsers = authentication.strings("requestheader-username-headers", List.of(), "Headers with the user.");
        proxyUids = authentication.strings("requestheader-uid-headers", List.of(), "Headers with the user's UID.");
        proxyGroups = authentication.strings("requestheader-group-headers", List.of(), "Headers with groups.");
        proxyExtras = authentication.strings("requestheader-extra-headers-prefix", List.of(), "Prefixes of others.");
        issuers = authentication.repeated(
                "stringArray", "service-account-issuer", "", "Who signs tokens; the first signs new ones.");
        serviceAccountKeys = authentication.repeated(
                "stringArray", "service-account-key-file", "", "Keys that tokens are verified with.");
        lookup = authentication.bool("service-account-lookup", true, "Check that a token's account is still there.");
        extendTokens = authentication.bool(
                "service-account-extend-token-expiration", true, "Let tokens of pods live longer than they say.");
        longestToken = authentication.duration(
                "service-account-max-token-expiration", Duration.ZERO, "The longest life of a token; 0 is no limit.");
        keysUri = authentication.string("service-account-jwks-uri", "", "Where the discovery document says keys are.");
        FlagSection authorization = flags.section("Authorization flags");
        modes = authorization.strings("authorization-mode", List.of(), "Who decides, in order: Node, RBAC, ...");
        FlagSection enablement = flags.section("API enablement flags");
        runtimeConfig = enablement.map("runtime-config", "API versions to turn on or off: apps/v1=true, api/all=true.");
        FlagSection admission = flags.section("Admission flags");
        enabledPlugins = admission.strings("enable-admission-plugins", List.of(), "Plugins beside the default ones.");
        disabledPlugins = admission.strings("disable-admission-plugins", List.of(), "Default plugins to leave out.");
        admissionConfiguration =
                admission.string("admission-control-config-file", "", "The file that configures admission plugins.");
        notReadySeconds = admission.int64(
                "default-not-ready-toleration-seconds", 300, "How long pods tolerate a node that is not ready.");
        unreachableSeconds = admission.int64(
                "default-unreachable-toleration-seconds", 300, "How long pods tolerate an unreachable node.");
        FlagSection misc = flags.section("Misc flags");
        serviceRanges =
                misc.string("service-cluster-ip-range", "", "The addresses of Services: a CIDR, or two with a comma.");
        nodePorts = misc.of(
                "portRange",
                "service-node-port-range",
                "30000-32767",
                ServerFlags::portRange,
                v -> v,
                "The ports of Services on nodes.");
        signingKey = misc.string("service-account-signing-key-file", "", "The key that tokens are signed with.");
        kubeletCa = misc.string("kubelet-certificate-authority", "", "Authorities of kubelets' certificates.");
        kubeletCert = misc.string("kubelet-client-certificate", "", "The client certificate for kubelets.");
        kubeletKey = misc.string("kubelet-client-key", "", "The key of the client certificate for kubelets.");
        kubeletAddresses = misc.strings(
                "kubelet-preferred-address-types",
                List.of("Hostname", "InternalDNS", "InternalIP", "ExternalDNS", "ExternalIP"),
                "Which addresses of nodes to use, in order.");
        kubeletTimeout = misc.duration("kubelet-timeout", Duration.ofSeconds(5), "How long to wait for a kubelet.");
        eventTtl = misc.duration("event-ttl", Duration.ofHours(1), "How long events are kept.");
        proxyClientCert = misc.string("proxy-client-cert-file", "", "The certificate shown to aggregated servers.");
        proxyClientKey = misc.string("proxy-client-key-file", "", "The key of that certificate.");
        others = OtherFlags.declare(flags);
    }

    ServerConfig read(ParsedFlags parsed, Problems problems) {
        others.check(parsed, problems);
        List<CertificateFiles> certificates = new ArrayList<>();
        String cert = parsed.get(tlsCert);
        String key = parsed.get(tlsKey);
        if (cert.isEmpty() != key.isEmpty()) {
            problems.add("--tls-cert-file and --tls-private-key-file must be given together");
        } else if (!cert.isEmpty()) {
            certificates.add(CertificateFiles.of(Path.of(cert), Path.of(key)));
        }
        parsed.get(tlsSni).forEach(pair -> certificates.add(NamedCertificate.of(pair, problems)));
        if (parsed.get(etcdServers).isEmpty()) {
            problems.add("--etcd-servers must be specified");
        }
        if (parsed.get(signingKey).isEmpty() || parsed.get(issuers).isEmpty()) {
            problems.add("--service-account-signing-key-file and --service-account-issuer are required flags");
        }
        List<String> chosen = parsed.get(modes).isEmpty() ? List.of("AlwaysAllow") : parsed.get(modes);
        for (String mode : chosen) {
            if (!List.of("AlwaysAllow", "AlwaysDeny", "Node", "RBAC").contains(mode)) {
                problems.add("--authorization-mode: unknown or unsupported mode " + mode);
            }
        }
        return new ServerConfig(
                new ServerConfig.Serving(
                        parsed.get(bindAddress),
                        parsed.get(securePort),
                        parsed.get(advertiseAddress),
                        parsed.get(externalHostname),
                        certificates,
                        cert.isEmpty() ? Optional.of(parsed.get(certificateFolder)) : Optional.empty(),
                        parsed.get(cipherSuites),
                        parsed.get(minimumTls).equals("VersionTLS13") ? "TLSv1.3" : "TLSv1.2",
                        !parsed.get(noHttp2),
                        parsed.get(streams) > 0 ? parsed.get(streams) : 100),
                new ServerConfig.Etcd(
                        parsed.get(etcdServers),
                        path(parsed.get(etcdCa)),
                        path(parsed.get(etcdCert)),
                        path(parsed.get(etcdKey)),
                        parsed.get(etcdPrefix),
                        parsed.get(compaction),
                        path(parsed.get(encryption))),
                new ServerConfig.Requests(
                        parsed.get(readsInFlight),
                        parsed.get(writesInFlight),
                        parsed.get(requestTimeout),
                        Duration.ofSeconds(parsed.get(minimumWatch)),
                        parsed.get(shutdownDelay),
                        parsed.get(watchGrace),
                        parsed.get(goawayChance),
                        parsed.get(fairness)),
                new ServerConfig.Identity(
                        parsed.get(anonymous),
                        path(parsed.get(clientCa)),
                        path(parsed.get(tokenFile)),
                        parsed.get(bootstrapTokens),
                        path(parsed.get(proxyCa)),
                        parsed.get(proxyNames),
                        parsed.get(proxyUsers),
                        parsed.get(proxyUids),
                        parsed.get(proxyGroups),
                        parsed.get(proxyExtras)),
                new ServerConfig.ServiceAccounts(
                        parsed.get(issuers),
                        parsed.get(serviceAccountKeys).stream().map(Path::of).toList(),
                        path(parsed.get(signingKey)),
                        parsed.get(lookup),
                        parsed.get(extendTokens),
                        parsed.get(longestToken),
                        parsed.get(keysUri),
                        parsed.get(audiences)),
                new ServerConfig.Policy(
                        chosen,
                        parsed.get(enabledPlugins),
                        parsed.get(disabledPlugins),
                        path(parsed.get(admissionConfiguration)),
                        parsed.get(notReadySeconds),
                        parsed.get(unreachableSeconds),
                        parsed.get(runtimeConfig),
                        path(parsed.get(auditPolicy)),
                        parsed.get(auditPath)),
                new ServerConfig.Network(
                        parsed.get(serviceRanges).isEmpty()
                                ? List.of("10.0.0.0/24")
                                : List.of(parsed.get(serviceRanges).split(",")),
                        parsed.get(nodePorts),
                        path(parsed.get(kubeletCa)),
                        path(parsed.get(kubeletCert)),
                        path(parsed.get(kubeletKey)),
                        parsed.get(kubeletAddresses),
                        parsed.get(kubeletTimeout),
                        parsed.get(eventTtl),
                        path(parsed.get(proxyClientCert)),
                        path(parsed.get(proxyClientKey))));
    }

    private static Optional<Path> path(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    }

    private static String portRange(String text) {
        if (!text.matches("\\d{1,5}-\\d{1,5}")) {
            throw new IllegalArgumentException("unable to parse port range: " + text + ": expected FIRST-LAST");
        }
        return text;
    }
}
