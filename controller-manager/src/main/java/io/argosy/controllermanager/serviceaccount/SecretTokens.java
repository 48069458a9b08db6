package io.argosy.controllermanager.serviceaccount;

import io.argosy.client.request.ObjectJson;
import io.argosy.daemon.tls.Pem;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Signs ServiceAccount tokens that live in Secrets and never expire, as JSON Web Tokens (RFC 7519). */
final class SecretTokens {

    private static final String PREFIX = "kubernetes.io/serviceaccount/";

    private final PrivateKey key;
    private final String keyId;

    private SecretTokens(PrivateKey key, String keyId) {
        this.key = key;
        this.keyId = keyId;
    }

    static SecretTokens read(Path file) throws IOException, GeneralSecurityException {
        byte[] pem = Files.readAllBytes(file);
        PrivateKey key = Pem.privateKey(pem);
        return new SecretTokens(key, keyId(publicKey(key, pem)));
    }

    private static PublicKey publicKey(PrivateKey key, byte[] pem) throws GeneralSecurityException {
        if (key instanceof RSAPrivateCrtKey rsa) {
            return java.security.KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
        }
        List<PublicKey> keys = Pem.publicKeys(pem);
        if (keys.isEmpty()) {
            throw new GeneralSecurityException("the key file does not tell the public half of its key");
        }
        return keys.getFirst();
    }

    private static String keyId(PublicKey key) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        return encode(digest);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String sign(ServiceAccount account, Secret secret) throws GeneralSecurityException {
        boolean curve = key instanceof ECKey;
        int bits = curve ? ((ECKey) key).getParams().getOrder().bitLength() : 256;
        int hash = bits > 400 ? 512 : bits > 300 ? 384 : 256;
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", (curve ? "ES" : "RS") + hash);
        header.put("kid", keyId);
        String namespace = account.getMetadata().getNamespace();
        String name = account.getMetadata().getName();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", "kubernetes/serviceaccount");
        claims.put(PREFIX + "namespace", namespace);
        claims.put(PREFIX + "secret.name", secret.getMetadata().getName());
        claims.put(PREFIX + "service-account.name", name);
        claims.put(PREFIX + "service-account.uid", account.getMetadata().getUid());
        claims.put("sub", "system:serviceaccount:" + namespace + ":" + name);
        String content = encode(ObjectJson.write(header)) + "." + encode(ObjectJson.write(claims));
        Signature signature = Signature.getInstance("SHA" + hash + (curve ? "withECDSAinP1363Format" : "withRSA"));
        signature.initSign(key);
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + encode(signature.sign());
    }
}
