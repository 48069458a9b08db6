package io.argosy.apiserver.authn.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.authn.Authentication;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.objects.MemoryObjects;
import io.argosy.apiserver.objects.Resources;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceAccountTokensTest {

    private static final String ISSUER = "https://kubernetes.default.svc";
    private static final KeyPair RSA = pair("RSA", 2048);
    private static final KeyPair OTHER = pair("RSA", 2048);
    private static final KeyPair ELLIPTIC = pair("EC", 256);

    private final MemoryObjects objects = new MemoryObjects();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InstantSource clock = () -> now;
    private final VerificationKeys keys = new VerificationKeys(List.of(RSA.getPublic(), ELLIPTIC.getPublic()));
    private final ServiceAccountTokens tokens =
            ServiceAccountTokens.bound(Set.of(ISSUER), keys, List.of("api"), new BoundTokens(objects), clock);
    private final TokenIssuer issuer = new TokenIssuer(ISSUER, RSA.getPrivate(), RSA.getPublic());

    private static KeyPair pair(String kind, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void createObjects() {
        objects.create(Resources.SERVICE_ACCOUNTS, object("ns", "builder", "sa-1"));
        objects.create(Resources.PODS, object("ns", "web", "pod-1"));
        objects.create(Resources.NODES, object("", "node1", "node-1"));
    }

    private static ObjectValue object(String namespace, String name, String uid) {
        ObjectValue metadata = new ObjectValue().put("name", name).put("uid", uid);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        return new ObjectValue().put("metadata", metadata);
    }

    private TokenIssuer.Claims claims(String accountUid, Optional<TokenIssuer.Reference> pod) {
        return new TokenIssuer.Claims(
                "id-1",
                "ns",
                new TokenIssuer.Reference("builder", accountUid),
                pod,
                Optional.empty(),
                pod.map(_ -> new TokenIssuer.Reference("node1", "node-1")),
                List.of("api"),
                now,
                Duration.ofHours(1),
                Optional.empty());
    }

    private TokenIssuer.Claims podClaims() {
        return claims("sa-1", Optional.of(new TokenIssuer.Reference("web", "pod-1")));
    }

    private void assertRejected(String token) {
        assertInstanceOf(Authentication.Rejected.class, tokens.authenticate(token, List.of()));
    }

    @Test
    void tellsTheUserOfABoundToken() {
        Authentication answer = tokens.authenticate(issuer.sign(podClaims()), List.of());
        assertEquals(
                new Authentication.Authenticated(
                        new UserInfo(
                                "system:serviceaccount:ns:builder",
                                "sa-1",
                                List.of("system:serviceaccounts", "system:serviceaccounts:ns"),
                                Map.of(
                                        "authentication.kubernetes.io/credential-id", List.of("JTI=id-1"),
                                        "authentication.kubernetes.io/node-name", List.of("node1"),
                                        "authentication.kubernetes.io/node-uid", List.of("node-1"),
                                        "authentication.kubernetes.io/pod-name", List.of("web"),
                                        "authentication.kubernetes.io/pod-uid", List.of("pod-1"))),
                        List.of("api")),
                answer);
    }

    @Test
    void takesEllipticKeys() {
        TokenIssuer elliptic = new TokenIssuer(ISSUER, ELLIPTIC.getPrivate(), ELLIPTIC.getPublic());
        assertInstanceOf(
                Authentication.Authenticated.class,
                tokens.authenticate(elliptic.sign(claims("sa-1", Optional.empty())), List.of()));
    }

    @Test
    void refusesOtherKeysAlgorithmsAndSignatures() throws Exception {
        String good = issuer.sign(podClaims());
        String[] parts = good.split("\\.");
        assertRejected(new TokenIssuer(ISSUER, OTHER.getPrivate(), OTHER.getPublic()).sign(podClaims()));
        assertRejected(new TokenIssuer(ISSUER, OTHER.getPrivate(), RSA.getPublic()).sign(podClaims()));
        assertRejected(parts[0] + "." + parts[1] + "." + parts[2].substring(4) + "AAAA");
        String none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
        assertInstanceOf(
                Authentication.NoCredentials.class, tokens.authenticate(none + "." + parts[1] + ".", List.of()));
        JWSObject symmetric = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(VerificationKeys.keyId(RSA.getPublic()))
                        .build(),
                new Payload(new JWSObject(
                                JWSHeader.parse("{\"alg\":\"RS256\"}"),
                                JWSObject.parse(good).getPayload())
                        .getPayload()
                        .toString()));
        symmetric.sign(new MACSigner(RSA.getPublic().getEncoded()));
        assertRejected(symmetric.serialize());
    }

    @Test
    void leavesForeignTokensToOthers() {
        TokenIssuer foreign = new TokenIssuer("https://elsewhere", RSA.getPrivate(), RSA.getPublic());
        assertEquals(Authentication.NONE, tokens.authenticate(foreign.sign(podClaims()), List.of()));
        assertEquals(Authentication.NONE, tokens.authenticate("abc.def", List.of()));
    }

    @Test
    void keepsAudiencesApart() {
        assertInstanceOf(
                Authentication.Rejected.class, tokens.authenticate(issuer.sign(podClaims()), List.of("vault")));
    }

    @Test
    void refusesExpiredAndEarlyTokensWithAMinuteOfLeeway() {
        String token = issuer.sign(podClaims());
        now = now.plus(Duration.ofMinutes(60).plusSeconds(59));
        assertInstanceOf(Authentication.Authenticated.class, tokens.authenticate(token, List.of()));
        now = now.plusSeconds(2);
        assertRejected(token);
        now = now.minus(Duration.ofHours(3));
        assertRejected(token);
    }

    @Test
    void refusesTokensOfObjectsThatAreGoneOrReplaced() {
        String token = issuer.sign(podClaims());
        assertRejected(issuer.sign(claims("sa-0", Optional.empty())));
        objects.update(Resources.PODS, "ns", "web", pod -> {
            pod.objectOrNew("metadata").put("deletionTimestamp", "2025-12-31T23:59:30Z");
            return pod;
        });
        assertInstanceOf(Authentication.Authenticated.class, tokens.authenticate(token, List.of()));
        now = now.plusSeconds(31);
        assertRejected(token);
        objects.delete(Resources.PODS, "ns", "web", "pod-1");
        assertRejected(token);
        objects.create(Resources.PODS, object("ns", "web", "pod-2"));
        assertRejected(token);
    }

    @Test
    void publishesItsKeys() {
        ObjectValue key =
                keys.keySet().array("keys").orElseThrow().objects().findFirst().orElseThrow();
        assertEquals("RSA", key.string("kty").orElseThrow());
        assertEquals("AQAB", key.string("e").orElseThrow());
        assertEquals(VerificationKeys.keyId(RSA.getPublic()), key.string("kid").orElseThrow());
    }
}
