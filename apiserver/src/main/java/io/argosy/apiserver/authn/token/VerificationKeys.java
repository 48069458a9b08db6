package io.argosy.apiserver.authn.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.util.Base64URL;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The public keys that tokens are verified with, and what the server publishes of them. */
public final class VerificationKeys {

    /** @param id the digest of the public key, which the header of a token names */
    record Key(String id, PublicKey key, JWSAlgorithm algorithm, JWSVerifier verifier) {}

    private final List<Key> keys;

    public VerificationKeys(List<PublicKey> publicKeys) {
        List<Key> all = new ArrayList<>();
        for (PublicKey key : publicKeys) {
            String id = keyId(key);
            if (all.stream().noneMatch(known -> known.id().equals(id))) {
                all.add(key(id, key));
            }
        }
        this.keys = List.copyOf(all);
    }

    private static Key key(String id, PublicKey key) {
        try {
            JWSAlgorithm algorithm = algorithm(key);
            JWSVerifier verifier =
                    key instanceof RSAPublicKey rsa ? new RSASSAVerifier(rsa) : new ECDSAVerifier((ECPublicKey) key);
            return new Key(id, key, algorithm, verifier);
        } catch (JOSEException e) {
            throw new IllegalArgumentException("unusable token key: " + e.getMessage(), e);
        }
    }

    /** The one algorithm that tokens of a key are signed with. */
    static JWSAlgorithm algorithm(java.security.Key key) {
        if (key instanceof java.security.interfaces.RSAKey) {
            return JWSAlgorithm.RS256;
        }
        if (key instanceof java.security.interfaces.ECKey elliptic) {
            return switch (elliptic.getParams().getCurve().getField().getFieldSize()) {
                case 256 -> JWSAlgorithm.ES256;
                case 384 -> JWSAlgorithm.ES384;
                case 521 -> JWSAlgorithm.ES512;
                default -> throw new IllegalArgumentException("unknown elliptic curve of a token key");
            };
        }
        throw new IllegalArgumentException("unknown kind of token key: " + key.getAlgorithm());
    }

    static String keyId(PublicKey key) {
        try {
            return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()))
                    .toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The keys of an id, or all when a token names none. */
    List<Key> candidates(String id) {
        return id.isEmpty()
                ? keys
                : keys.stream().filter(key -> key.id().equals(id)).toList();
    }

    /** The document at {@code /openid/v1/jwks}. */
    public ObjectValue keySet() {
        ArrayValue published = new ArrayValue();
        for (Key key : keys) {
            ObjectValue entry = new ObjectValue().put("use", "sig");
            switch (key.key()) {
                case RSAPublicKey rsa ->
                    entry.put("kty", "RSA")
                            .put("kid", key.id())
                            .put("alg", key.algorithm().getName())
                            .put("n", unsigned(rsa.getModulus()))
                            .put("e", unsigned(rsa.getPublicExponent()));
                case ECPublicKey elliptic -> {
                    int bits = elliptic.getParams().getCurve().getField().getFieldSize();
                    entry.put("kty", "EC")
                            .put("kid", key.id())
                            .put(
                                    "crv",
                                    Curve.forECParameterSpec(elliptic.getParams())
                                            .getName())
                            .put("alg", key.algorithm().getName())
                            .put("x", coordinate(bits, elliptic.getW().getAffineX()))
                            .put("y", coordinate(bits, elliptic.getW().getAffineY()));
                }
                default -> throw new IllegalStateException("unknown key type");
            }
            published.add(entry);
        }
        return new ObjectValue().put("keys", published);
    }

    private static String unsigned(BigInteger number) {
        return Base64URL.encode(number).toString();
    }

    private static String coordinate(int bits, BigInteger number) {
        return com.nimbusds.jose.jwk.ECKey.encodeCoordinate(bits, number).toString();
    }

    /** The document at {@code /.well-known/openid-configuration}. */
    public ObjectValue discovery(String issuer, String keysUri) {
        TreeSet<String> algorithms = new TreeSet<>();
        keys.forEach(key -> algorithms.add(key.algorithm().getName()));
        return new ObjectValue()
                .put("issuer", issuer)
                .put("jwks_uri", keysUri)
                .put("response_types_supported", ArrayValue.ofStrings(List.of("id_token")))
                .put("subject_types_supported", ArrayValue.ofStrings(List.of("public")))
                .put("id_token_signing_alg_values_supported", ArrayValue.ofStrings(algorithms));
    }
}
