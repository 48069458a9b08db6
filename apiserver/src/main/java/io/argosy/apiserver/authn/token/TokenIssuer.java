package io.argosy.apiserver.authn.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Signs tokens of ServiceAccounts.
 *
 * <p>Source: Kubernetes page "Managing Service Accounts", bound service account tokens.
 */
public final class TokenIssuer {

    /** A name and uid that a token is tied to. */
    public record Reference(String name, String uid) {
        Map<String, Object> claim() {
            return uid.isEmpty() ? Map.of("name", name) : Map.of("name", name, "uid", uid);
        }
    }

    /**
     * What a token says.
     *
     * @param id unique, for the audit log
     * @param warnAfter after this a use is logged as stale, for tokens that live longer than was asked for
     */
    public record Claims(
            String id,
            String namespace,
            Reference serviceAccount,
            Optional<Reference> pod,
            Optional<Reference> secret,
            Optional<Reference> node,
            List<String> audiences,
            Instant issuedAt,
            Duration lifetime,
            Optional<Instant> warnAfter) {}

    private final String issuer;
    private final JWSHeader header;
    private final JWSSigner signer;

    /** @param publicKey the other half of the key, whose digest tokens name */
    public TokenIssuer(String issuer, PrivateKey key, PublicKey publicKey) {
        this.issuer = issuer;
        this.header = new JWSHeader.Builder(VerificationKeys.algorithm(publicKey))
                .keyID(VerificationKeys.keyId(publicKey))
                .build();
        try {
            this.signer = key instanceof ECPrivateKey elliptic ? new ECDSASigner(elliptic) : new RSASSASigner(key);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("unusable token signing key: " + e.getMessage(), e);
        }
    }

    /** The token of these claims. */
    public String sign(Claims claims) {
        Map<String, Object> bound = new LinkedHashMap<>();
        bound.put("namespace", claims.namespace());
        claims.node().ifPresent(node -> bound.put("node", node.claim()));
        claims.pod().ifPresent(pod -> bound.put("pod", pod.claim()));
        claims.secret().ifPresent(secret -> bound.put("secret", secret.claim()));
        bound.put("serviceaccount", claims.serviceAccount().claim());
        claims.warnAfter().ifPresent(instant -> bound.put("warnafter", instant.getEpochSecond()));
        JWTClaimsSet.Builder set = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(ServiceAccountNames.userName(
                        claims.namespace(), claims.serviceAccount().name()))
                .audience(claims.audiences())
                .issueTime(Date.from(claims.issuedAt()))
                .notBeforeTime(Date.from(claims.issuedAt()))
                .expirationTime(Date.from(claims.issuedAt().plus(claims.lifetime())))
                .jwtID(claims.id())
                .claim("kubernetes.io", bound);
        Map<String, Object> payload = set.build().toJSONObject();
        payload.put("aud", claims.audiences());
        JWSObject token = new JWSObject(header, new Payload(payload));
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("failed to generate token: " + e.getMessage(), e);
        }
        return token.serialize();
    }
}
