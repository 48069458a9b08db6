package io.argosy.controllermanager.manager;

import io.argosy.daemon.config.Problems;
import io.argosy.daemon.flags.Flag;
import io.argosy.daemon.flags.FlagSection;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.ParsedFlags;
import java.time.Duration;
import java.util.List;

/** The flags of the port that is served, and of who may use it. */
final class ServingFlags {

    private final Flag<String> address;
    private final Flag<Integer> port;
    private final Flag<String> certFile;
    private final Flag<String> keyFile;
    private final Flag<String> certDir;
    private final Flag<Boolean> noHttp2;
    private final Flag<Integer> streams;
    private final Flag<Boolean> portSharing;
    private final Flag<List<String>> suites;
    private final Flag<List<String>> curves;
    private final Flag<String> oldest;
    private final Flag<List<String>> sni;
    private final Flag<String> clientCa;
    private final Flag<List<String>> alwaysAllowed;

    ServingFlags(FlagSet flags) {
        FlagSection serving = flags.section("Secure serving flags");
        address = serving.ip("bind-address", "0.0.0.0", "The IP address on which to listen for --secure-port.");
        port = serving.integer("secure-port", 10257, "The port on which to serve HTTPS. If 0, don't serve at all.");
        certFile = serving.string("tls-cert-file", "", "File containing the certificate for HTTPS.");
        keyFile = serving.string("tls-private-key-file", "", "File containing the key of --tls-cert-file.");
        certDir = serving.string("cert-dir", "", "The directory where a self-signed certificate is kept.");
        noHttp2 = serving.bool("disable-http2-serving", false, "If true, HTTP2 serving will be disabled");
        streams =
                serving.integer("http2-max-streams-per-connection", 0, "The limit of streams in an HTTP/2 connection.");
        serving.bool("permit-address-sharing", false, "If true, SO_REUSEADDR will be used when binding the port.");
        portSharing =
                serving.bool("permit-port-sharing", false, "If true, SO_REUSEPORT will be used when binding the port.");
        suites = serving.strings("tls-cipher-suites", List.of(), "Cipher suites for the server.");
        curves = serving.strings("tls-curve-preferences", List.of(), "Key exchange mechanisms for the server.");
        oldest = serving.string("tls-min-version", "", "Minimum TLS version: VersionTLS12, VersionTLS13");
        sni = serving.strings("tls-sni-cert-key", List.of(), "Further certificates and keys by host name.");
        FlagSection authentication = flags.section("Authentication flags");
        authentication.string("authentication-kubeconfig", "", "kubeconfig with rights to create tokenreviews.");
        authentication.bool("authentication-skip-lookup", false, "Do not look up authentication configuration.");
        authentication.duration(
                "authentication-token-webhook-cache-ttl", Duration.ofSeconds(10), "How long to keep answers.");
        authentication.bool("authentication-tolerate-lookup-failure", true, "Whether failed look-ups are not fatal.");
        clientCa = authentication.string("client-ca-file", "", "Authorities of client certificates.");
        authentication.strings("requestheader-allowed-names", List.of(), "Names of proxies' certificates.");
        authentication.string("requestheader-client-ca-file", "", "Authorities of proxies' certificates.");
        authentication.strings(
                "requestheader-extra-headers-prefix", List.of("x-remote-extra-"), "Prefixes of extra headers.");
        authentication.strings("requestheader-group-headers", List.of("x-remote-group"), "Headers of groups.");
        authentication.strings("requestheader-uid-headers", List.of(), "Headers of UIDs.");
        authentication.strings("requestheader-username-headers", List.of("x-remote-user"), "Headers of user names.");
        FlagSection authorization = flags.section("Authorization flags");
        alwaysAllowed = authorization.strings(
                "authorization-always-allow-paths",
                List.of("/healthz", "/readyz", "/livez"),
                "Paths that everyone may get.");
        authorization.string("authorization-kubeconfig", "", "kubeconfig with rights to create subjectaccessreviews.");
        authorization.duration(
                "authorization-webhook-cache-authorized-ttl", Duration.ofSeconds(10), "How long to keep a yes.");
        authorization.duration(
                "authorization-webhook-cache-unauthorized-ttl", Duration.ofSeconds(10), "How long to keep a no.");
    }

    void check(ParsedFlags flags, Problems problems) {
        int wanted = flags.get(port);
        problems.require(
                wanted >= 0 && wanted <= 65535,
                "--secure-port " + wanted + " must be between 0 and 65535, inclusive. 0 for turning off secure port");
        problems.require(
                flags.get(certFile).isEmpty() == flags.get(keyFile).isEmpty(),
                "--tls-cert-file and --tls-private-key-file must be given together");
        String version = flags.get(oldest);
        problems.require(
                List.of("", "VersionTLS12", "VersionTLS13").contains(version),
                "--tls-min-version: unknown or unsupported tls version \"" + version + "\"");
        problems.require(!flags.get(portSharing), "--permit-port-sharing: a port cannot be shared");
        problems.require(flags.get(sni).isEmpty(), "--tls-sni-cert-key: certificates by host name are not supported");
        problems.require(flags.get(curves).isEmpty(), "--tls-curve-preferences: curves cannot be chosen");
        problems.require(flags.get(streams) >= 0, "--http2-max-streams-per-connection must not be negative");
    }

    ManagerConfig.Serving read(ParsedFlags flags) {
        return new ManagerConfig.Serving(
                flags.get(address),
                flags.get(port),
                flags.get(certFile),
                flags.get(keyFile),
                flags.get(certDir),
                !flags.get(noHttp2),
                flags.get(streams),
                flags.get(oldest).equals("VersionTLS13") ? "TLSv1.3" : "TLSv1.2",
                flags.get(suites),
                flags.get(clientCa),
                flags.get(alwaysAllowed));
    }
}
