package io.argosy.apiserver.authn;

import io.argosy.daemon.http.HttpHeaders;
import io.argosy.daemon.http.HttpRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A proxy with a certificate of its own authority tells in headers who the user is. Headers of anyone else are not
 * looked at.
 *
 * <p>Source: Kubernetes page "Authenticating", Authenticating Proxy.
 */
public final class FrontProxyAuthenticator implements Authenticator {

    /** Which headers tell what, and which common names a proxy may have (any when empty). */
    public record Settings(
            List<String> allowedNames,
            List<String> userHeaders,
            List<String> uidHeaders,
            List<String> groupHeaders,
            List<String> extraPrefixes) {
        public Settings {
            allowedNames = List.copyOf(allowedNames);
            userHeaders = List.copyOf(userHeaders);
            uidHeaders = List.copyOf(uidHeaders);
            groupHeaders = List.copyOf(groupHeaders);
            extraPrefixes = List.copyOf(extraPrefixes);
        }
    }

    private final ClientCertificates certificates;
    private final Settings settings;
    private final InstantSource clock;

    public FrontProxyAuthenticator(
            Supplier<List<X509Certificate>> authorities, Settings settings, InstantSource clock) {
        this.certificates = new ClientCertificates(authorities);
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Authentication authenticate(HttpRequest request) {
        if (request.peerCertificates().isEmpty()) {
            return Authentication.NONE;
        }
        Optional<String> name = firstOf(request.headers(), settings.userHeaders());
        if (name.isEmpty()
                || certificates
                        .problem(request.peerCertificates(), clock.instant())
                        .isPresent()) {
            return Authentication.NONE;
        }
        String proxy = CertificateAuthenticator.first(request.peerCertificates().getFirst(), "CN")
                .orElse("");
        if (!settings.allowedNames().isEmpty() && !settings.allowedNames().contains(proxy)) {
            return new Authentication.Rejected("x509: subject with cn=" + proxy + " is not in the allowed list");
        }
        List<String> groups = new ArrayList<>();
        settings.groupHeaders()
                .forEach(header -> groups.addAll(request.headers().all(header)));
        return new Authentication.Authenticated(new UserInfo(
                name.get(),
                firstOf(request.headers(), settings.uidHeaders()).orElse(""),
                groups,
                extra(request.headers())));
    }

    private static Optional<String> firstOf(HttpHeaders headers, List<String> names) {
        for (String name : names) {
            Optional<String> value = headers.first(name).filter(text -> !text.isEmpty());
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    private Map<String, List<String>> extra(HttpHeaders headers) {
        Map<String, List<String>> extra = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            for (String prefix : settings.extraPrefixes()) {
                if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
                    String key = unescape(name.substring(prefix.length()).toLowerCase(Locale.ROOT));
                    extra.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
                }
            }
        });
        return extra;
    }

    static String unescape(String key) {
        try {
            return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return key;
        }
    }
}
