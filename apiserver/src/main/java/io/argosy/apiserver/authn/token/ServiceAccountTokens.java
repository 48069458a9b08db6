package io.argosy.apiserver.authn.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.argosy.apiserver.authn.Authentication;
import io.argosy.apiserver.authn.UserInfo;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * Verifies signed tokens of ServiceAccounts: issuer, signature, audience and times here, the objects they are bound to in
 * {@link BoundTokens} and {@link LegacyTokens}.
 */
public final class ServiceAccountTokens implements TokenAuthenticator {

    /** The issuer of tokens that lie in Secrets and never expire. */
    static final String LEGACY_ISSUER = "kubernetes/serviceaccount";

    /** Clocks may differ by this much. */
    static final Duration LEEWAY = Duration.ofMinutes(1);

    /** Larger tokens are not of ours: the largest has a few references and audiences. */
    private static final int MAXIMUM_LENGTH = 64 * 1024;

    /** Checks what a verified token is bound to. */
    interface Binding {
        /** @throws InvalidTokenException when the token no longer holds */
        UserInfo user(String token, JWTClaimsSet claims, Instant now) throws InvalidTokenException;
    }

    private final Set<String> issuers;
    private final VerificationKeys keys;
    private final List<String> audiences;
    private final Binding binding;
    private final InstantSource clock;

    private ServiceAccountTokens(
            Set<String> issuers, VerificationKeys keys, List<String> audiences, Binding binding, InstantSource clock) {
        this.issuers = Set.copyOf(issuers);
        this.keys = keys;
        this.audiences = List.copyOf(audiences);
        this.binding = binding;
        this.clock = clock;
    }

    /** @param audiences the server's own */
    public static ServiceAccountTokens bound(
            Set<String> issuers,
            VerificationKeys keys,
            List<String> audiences,
            BoundTokens binding,
            InstantSource clock) {
        return new ServiceAccountTokens(issuers, keys, audiences, binding, clock);
    }

    public static ServiceAccountTokens legacy(
            VerificationKeys keys, List<String> audiences, LegacyTokens binding, InstantSource clock) {
        return new ServiceAccountTokens(Set.of(LEGACY_ISSUER), keys, audiences, binding, clock);
    }

    @Override
    public Authentication authenticate(String token, List<String> requestedAudiences) {
        SignedJWT parsed;
        JWTClaimsSet claims;
        if (token.length() > MAXIMUM_LENGTH) {
            return Authentication.NONE;
        }
        try {
            parsed = SignedJWT.parse(token);
            claims = parsed.getJWTClaimsSet();
        } catch (ParseException _) {
            return Authentication.NONE;
        }
        if (claims == null || claims.getIssuer() == null || !issuers.contains(claims.getIssuer())) {
            return Authentication.NONE;
        }
        try {
            verify(parsed);
            List<String> common = commonAudiences(claims, requestedAudiences);
            Instant now = clock.instant();
            checkTimes(claims, now);
            return new Authentication.Authenticated(binding.user(token, claims, now), common);
        } catch (InvalidTokenException e) {
            return new Authentication.Rejected(e.reason());
        }
    }

    private void verify(SignedJWT token) throws InvalidTokenException {
        String id = token.getHeader().getKeyID();
        List<VerificationKeys.Key> candidates = keys.candidates(id == null ? "" : id);
        if (candidates.isEmpty()) {
            throw new InvalidTokenException("invalid signature, no keys found");
        }
        JWSAlgorithm algorithm = token.getHeader().getAlgorithm();
        if (candidates.stream().noneMatch(key -> key.algorithm().equals(algorithm) && verifies(token, key))) {
            throw new InvalidTokenException("invalid signature");
        }
    }

    private static boolean verifies(SignedJWT token, VerificationKeys.Key key) {
        try {
            return token.verify(key.verifier());
        } catch (JOSEException | IllegalStateException _) {
            return false;
        }
    }

    private List<String> commonAudiences(JWTClaimsSet claims, List<String> requested) throws InvalidTokenException {
        List<String> meant = claims.getAudience().isEmpty() ? audiences : claims.getAudience();
        List<String> wanted = requested.isEmpty() ? audiences : requested;
        List<String> common = meant.stream().filter(wanted::contains).toList();
        if (common.isEmpty() && !audiences.isEmpty()) {
            throw new InvalidTokenException(
                    "token audiences " + meant + " is invalid for the target audiences " + wanted);
        }
        return common;
    }

    private static void checkTimes(JWTClaimsSet claims, Instant now) throws InvalidTokenException {
        if (claims.getExpirationTime() != null
                && now.minus(LEEWAY).isAfter(claims.getExpirationTime().toInstant())) {
            throw new InvalidTokenException("service account token has expired");
        }
        if (claims.getNotBeforeTime() != null
                && now.plus(LEEWAY).isBefore(claims.getNotBeforeTime().toInstant())) {
            throw new InvalidTokenException("service account token is not valid yet");
        }
        if (claims.getIssueTime() != null
                && now.plus(LEEWAY).isBefore(claims.getIssueTime().toInstant())) {
            throw new InvalidTokenException("service account token is issued in the future");
        }
    }
}
