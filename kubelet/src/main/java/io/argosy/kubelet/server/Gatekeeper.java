package io.argosy.kubelet.server;

import io.argosy.apimodel.status.ApiException;
import io.argosy.client.request.ApiClient;
import io.argosy.client.request.RequestException;
import io.argosy.daemon.http.HttpRequest;
import io.argosy.kubelet.config.KubeletConfig.Authentication;
import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides who asks and whether they may: client certificates, tokens reviewed by the API, access reviewed by the API. */
final class Gatekeeper {

    private static final Logger LOG = LoggerFactory.getLogger(Gatekeeper.class);
    private static final int MOST_REMEMBERED = 2048;

    /** What became of a request. */
    sealed interface Verdict {

        record Admitted(Caller caller) implements Verdict {}

        record Unauthorized() implements Verdict {}

        record Forbidden(String message) implements Verdict {}

        record Failed(String message) implements Verdict {}
    }

    private record Remembered<T>(T value, Instant until) {}

    private final Authentication rules;
    private final Optional<CallerCertificates> certificates;
    private final Optional<ApiClient> api;
    private final String node;
    private final InstantSource clock;
    private final Map<String, Remembered<Optional<Caller>>> tokens = bounded();
    private final Map<String, Remembered<Boolean>> accesses = bounded();

    Gatekeeper(
            Authentication rules,
            Optional<CallerCertificates> certificates,
            Optional<ApiClient> api,
            String node,
            InstantSource clock) {
        this.rules = rules;
        this.certificates = certificates;
        this.api = api;
        this.node = node;
        this.clock = clock;
    }

    private static <V> Map<String, V> bounded() {
        return java.util.Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > MOST_REMEMBERED;
            }
        });
    }

    Verdict check(HttpRequest request) {
        try {
            Optional<Caller> caller = identify(request);
            return caller.<Verdict>map(c -> authorize(c, request)).orElseGet(Verdict.Unauthorized::new);
        } catch (ApiException | RequestException e) {
            LOG.warn("cannot review a request path={} error={}", request.path(), e.getMessage());
            return new Verdict.Failed("Authorization error (" + e.getMessage() + ")");
        }
    }

    private Optional<Caller> identify(HttpRequest request) {
        Optional<Caller> byCertificate = certificates.flatMap(c -> c.identify(request.peerCertificates()));
        if (byCertificate.isPresent()) {
            return byCertificate;
        }
        String header = request.headers().first("authorization").orElse("");
        if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            String token = header.substring(7).strip();
            // A token that is shown and does not hold is no anonymous request.
            return rules.tokens() && api.isPresent() && !token.isEmpty() ? review(token) : Optional.empty();
        }
        return rules.anonymous() ? Optional.of(Caller.ANONYMOUS) : Optional.empty();
    }

    private Optional<Caller> review(String token) {
        String key = digest(token);
        Remembered<Optional<Caller>> known = tokens.get(key);
        if (known != null && clock.instant().isBefore(known.until())) {
            return known.value();
        }
        TokenReview answer = api.orElseThrow()
                .resource(TokenReview.class)
                .create(new TokenReviewBuilder()
                        .withNewMetadata()
                        .endMetadata()
                        .withNewSpec()
                        .withToken(token)
                        .endSpec()
                        .build());
        Optional<Caller> caller = Optional.empty();
        if (answer.getStatus() != null && Boolean.TRUE.equals(answer.getStatus().getAuthenticated())) {
            var user = answer.getStatus().getUser();
            caller = Optional.of(new Caller(
                    user.getUsername(),
                    user.getUid() == null ? "" : user.getUid(),
                    user.getGroups() == null ? List.of() : user.getGroups(),
                    user.getExtra() == null ? Map.of() : user.getExtra()));
        }
        tokens.put(key, new Remembered<>(caller, clock.instant().plus(rules.tokenTtl())));
        return caller;
    }

    private Verdict authorize(Caller caller, HttpRequest request) {
        if (rules.alwaysAllow()) {
            return new Verdict.Admitted(caller);
        }
        String verb = verb(request.method());
        List<String> subresources = Subresources.of(request.path());
        for (String subresource : subresources) {
            if (allowed(caller, verb, subresource)) {
                return new Verdict.Admitted(caller);
            }
        }
        return new Verdict.Forbidden("Forbidden (user=" + caller.name() + ", verb=" + verb
                + ", resource=nodes, subresource(s)=[" + String.join(" ", subresources) + "])\n");
    }

    private boolean allowed(Caller caller, String verb, String subresource) {
        if (api.isEmpty()) {
            return false;
        }
        String key = caller + "/" + verb + "/" + subresource;
        Remembered<Boolean> known = accesses.get(key);
        if (known != null && clock.instant().isBefore(known.until())) {
            return known.value();
        }
        SubjectAccessReview answer = api.get()
                .resource(SubjectAccessReview.class)
                .create(new SubjectAccessReviewBuilder()
                        .withNewMetadata()
                        .endMetadata()
                        .withNewSpec()
                        .withUser(caller.name())
                        .withUid(caller.uid())
                        .withGroups(caller.groups())
                        .withExtra(caller.extra())
                        .withNewResourceAttributes()
                        .withVerb(verb)
                        .withVersion("v1")
                        .withResource("nodes")
                        .withSubresource(subresource)
                        .withName(node)
                        .endResourceAttributes()
                        .endSpec()
                        .build());
        boolean allowed = answer.getStatus() != null
                && Boolean.TRUE.equals(answer.getStatus().getAllowed());
        Duration ttl = allowed ? rules.allowedTtl() : rules.deniedTtl();
        accesses.put(key, new Remembered<>(allowed, clock.instant().plus(ttl)));
        return allowed;
    }

    private static String verb(String method) {
        return switch (method) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> "delete";
            default -> "get";
        };
    }

    private static String digest(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
