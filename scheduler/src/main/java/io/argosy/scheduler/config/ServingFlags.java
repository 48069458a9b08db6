package io.argosy.scheduler.config;

import io.argosy.daemon.config.Problems;
import io.argosy.daemon.flags.Flag;
import io.argosy.daemon.flags.FlagSection;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.ParsedFlags;
import java.time.Duration;
import java.util.List;

/** The flags of the HTTPS port and of who may ask there. */
final class ServingFlags {

    private final Flag<String> address;
    private final Flag<Integer> port;
    private final Flag<String> folder;
    private final Flag<Boolean> noHttp2;
    private final Flag<Integer> streams;
    private final Flag<Boolean> ports;
    private final Flag<List<String>> sni;
    private final Flag<List<String>> curves;
    private final Flag<String> certificate;
    private final Flag<String> key;
    private final Flag<List<String>> suites;
    private final Flag<String> oldest;
    private final Flag<String> clientCa;
    private final Flag<String> authentication;
    private final Flag<String> authorization;
    private final Flag<List<String>> open;

    ServingFlags(FlagSet flags) {
        FlagSection secure = flags.section("Secure serving");
        address = secure.ip("bind-address", "0.0.0.0", "The IP address on which to listen for the --secure-port port.");
        folder = secure.string("cert-dir", "", "The directory where a self-signed certificate is kept.");
        noHttp2 = secure.bool("disable-http2-serving", false, "If true, HTTP2 serving will be disabled.");
        port = secure.integer(
                "secure-port", 10259, "The port on which to serve HTTPS. If 0, don't serve HTTPS at all.");
        streams = secure.integer(
                "http2-max-streams-per-connection", 0, "The limit of streams in an HTTP/2 connection; 0 is 100.");
        secure.bool("permit-address-sharing", false, "If true, SO_REUSEADDR is used: it always is.");
        ports = secure.bool("permit-port-sharing", false, "If true, SO_REUSEPORT is used when binding the port.");
        sni = secure.strings("tls-sni-cert-key", List.of(), "Further certificates by host name.");
        curves = secure.strings("tls-curve-preferences", List.of(), "Key exchange mechanisms for the server.");
        certificate = secure.string(
                "tls-cert-file",
                "",
                "File containing the x509 certificate for HTTPS; a self-signed one is made when there is none.");
        suites = secure.strings("tls-cipher-suites", List.of(), "Cipher suites for the server.");
        oldest = secure.string(
                "tls-min-version", "", "Minimum TLS version supported. Possible values: VersionTLS12, VersionTLS13");
        key = secure.string("tls-private-key-file", "", "File containing the private key of --tls-cert-file.");
        FlagSection authn = flags.section("Authentication");
        authentication = authn.string(
                "authentication-kubeconfig",
                "",
                "kubeconfig file with rights to create tokenreviews. If empty, all token requests are anonymous.");
        authn.bool("authentication-skip-lookup", false, "Accepted for compatibility: nothing is looked up.");
        authn.duration("authentication-token-webhook-cache-ttl", Duration.ofSeconds(10), "Accepted for compatibility.");
        authn.bool("authentication-tolerate-lookup-failure", true, "Accepted for compatibility.");
        clientCa = authn.string("client-ca-file", "", "Who signs client certificates that are accepted.");
        authn.strings("requestheader-allowed-names", List.of(), "Accepted for compatibility.");
        authn.string("requestheader-client-ca-file", "", "Accepted for compatibility.");
        authn.strings("requestheader-extra-headers-prefix", List.of("x-remote-extra-"), "Accepted for compatibility.");
        authn.strings("requestheader-group-headers", List.of("x-remote-group"), "Accepted for compatibility.");
        authn.strings("requestheader-uid-headers", List.of(), "Accepted for compatibility.");
        authn.strings("requestheader-username-headers", List.of("x-remote-user"), "Accepted for compatibility.");
        FlagSection authz = flags.section("Authorization");
        open = authz.strings(
                "authorization-always-allow-paths",
                List.of("/healthz", "/readyz", "/livez"),
                "A list of HTTP paths to skip during authorization.");
        authorization = authz.string(
                "authorization-kubeconfig",
                "",
                "kubeconfig file with rights to create subjectaccessreviews. If empty, all requests not skipped by"
                        + " authorization are forbidden.");
        authz.duration(
                "authorization-webhook-cache-authorized-ttl", Duration.ofSeconds(10), "Accepted for compatibility.");
        authz.duration(
                "authorization-webhook-cache-unauthorized-ttl", Duration.ofSeconds(10), "Accepted for compatibility.");
    }

    void check(ParsedFlags parsed, Problems problems) {
        int wanted = parsed.get(port);
        problems.require(
                wanted >= 0 && wanted <= 65535,
                "--secure-port " + wanted + " must be between 0 and 65535, inclusive. 0 for turning off secure port");
        problems.require(
                parsed.get(certificate).isEmpty() == parsed.get(key).isEmpty(),
                "--tls-cert-file and --tls-private-key-file must be given together");
        String version = parsed.get(oldest);
        problems.require(
                List.of("", "VersionTLS12", "VersionTLS13").contains(version),
                "--tls-min-version: unknown or unsupported tls version \"" + version + "\"");
        problems.require(!parsed.get(ports), "--permit-port-sharing: a port cannot be shared");
        problems.require(parsed.get(sni).isEmpty(), "--tls-sni-cert-key: certificates by host name are not supported");
        problems.require(parsed.get(curves).isEmpty(), "--tls-curve-preferences: curves cannot be chosen");
        problems.require(parsed.get(streams) >= 0, "--http2-max-streams-per-connection must not be negative");
    }

    Serving read(ParsedFlags parsed) {
        return new Serving(
                parsed.get(address),
                parsed.get(port),
                parsed.get(certificate),
                parsed.get(key),
                parsed.get(folder),
                !parsed.get(noHttp2),
                parsed.get(streams),
                parsed.get(oldest).equals("VersionTLS13") ? "TLSv1.3" : "TLSv1.2",
                parsed.get(suites),
                parsed.get(clientCa),
                parsed.get(authentication),
                parsed.get(authorization),
                parsed.get(open));
    }
}
