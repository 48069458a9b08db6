package io.argosy.apiserver.authn;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Chains that were found good a moment ago, so that each request of a connection need not verify its chain again. What is
 * known is forgotten after {@link #LASTS}, when the leaf expires, and when the authorities change. Thread-safe.
 */
final class KnownChains {

    /** How long the expiry of an authority may go unnoticed. */
    private static final Duration LASTS = Duration.ofSeconds(10);

    /** About as many as connections; beyond it, all is forgotten and found out again. */
    private static final int MOST = 10_000;

    private final Map<List<X509Certificate>, Known> known = new ConcurrentHashMap<>();

    private record Known(Authentication.Authenticated user, List<X509Certificate> authorities, Instant until) {}

    /** @param authorities those of now: others than those that were verified against make a chain unknown */
    Optional<Authentication> find(List<X509Certificate> chain, List<X509Certificate> authorities, Instant now) {
        Known found = known.get(chain);
        return found != null && found.authorities.equals(authorities) && now.isBefore(found.until)
                ? Optional.of(found.user)
                : Optional.empty();
    }

    void remember(
            List<X509Certificate> chain,
            List<X509Certificate> authorities,
            Authentication.Authenticated user,
            Instant now) {
        if (known.size() >= MOST) {
            known.clear();
        }
        Instant expiry = chain.getFirst().getNotAfter().toInstant();
        Instant until = now.plus(LASTS);
        known.put(chain, new Known(user, authorities, expiry.isBefore(until) ? expiry : until));
    }
}
