package io.argosy.apiserver.authn.token;

import com.nimbusds.jwt.JWTClaimsSet;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that a token which never expires still lies in its Secret, and marks the Secret with the day of its last use.
 */
public final class LegacyTokens implements ServiceAccountTokens.Binding {

    private static final Logger LOG = LoggerFactory.getLogger(LegacyTokens.class);
    private static final String CLAIMS = "kubernetes.io/serviceaccount/";
    private static final String INVALID_SINCE = "kubernetes.io/legacy-token-invalid-since";
    private static final String LAST_USED = "kubernetes.io/legacy-token-last-used";

    private final ClusterObjects objects;
    private final boolean lookup;

    /** @param lookup false takes a token's word without looking at its Secret */
    public LegacyTokens(ClusterObjects objects, boolean lookup) {
        this.objects = objects;
        this.lookup = lookup;
    }

    @Override
    public UserInfo user(String token, JWTClaimsSet claims, Instant now) throws InvalidTokenException {
        String namespace = claim(claims, "namespace");
        String secretName = claim(claims, "secret.name");
        String account = claim(claims, "service-account.name");
        String uid = claim(claims, "service-account.uid");
        if (!ServiceAccountNames.userName(namespace, account).equals(claims.getSubject())) {
            throw new InvalidTokenException("sub claim is invalid");
        }
        if (lookup) {
            checkSecret(token, namespace, secretName, now);
            checkAccount(namespace, account, uid);
        }
        return new UserInfo(
                ServiceAccountNames.userName(namespace, account), uid, ServiceAccountNames.groups(namespace), Map.of());
    }

    private static String claim(JWTClaimsSet claims, String name) throws InvalidTokenException {
        try {
            String value = claims.getStringClaim(CLAIMS + name);
            if (value == null || value.isEmpty()) {
                throw new InvalidTokenException(name + " claim is missing");
            }
            return value;
        } catch (ParseException _) {
            throw new InvalidTokenException(name + " claim is not a string");
        }
    }

    private void checkSecret(String token, String namespace, String name, Instant now) throws InvalidTokenException {
        Optional<ObjectValue> secret = objects.find(Resources.SECRETS, namespace, name);
        if (secret.isEmpty()
                || secret.get().string("metadata", "deletionTimestamp").isPresent()) {
            throw new InvalidTokenException("Token has been invalidated");
        }
        byte[] held = BootstrapTokens.data(secret.get(), "token").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(held, token.getBytes(StandardCharsets.UTF_8))) {
            throw new InvalidTokenException("Token does not match server's copy");
        }
        markUsed(secret.get(), namespace, name, now);
        if (!secret.get().string("metadata", "labels", INVALID_SINCE).orElse("").isEmpty()) {
            throw new InvalidTokenException("the token in secret " + namespace + "/" + name
                    + " has been marked invalid. Use tokens from the TokenRequest API or manually created"
                    + " secret-based tokens, or remove the '" + INVALID_SINCE
                    + "' label from the secret to temporarily allow use of this token");
        }
    }

    private void checkAccount(String namespace, String name, String uid) throws InvalidTokenException {
        Optional<ObjectValue> account = objects.find(Resources.SERVICE_ACCOUNTS, namespace, name);
        if (account.isEmpty()
                || account.get().string("metadata", "deletionTimestamp").isPresent()) {
            throw new InvalidTokenException("ServiceAccount " + namespace + "/" + name + " has been deleted");
        }
        String actual = account.get().string("metadata", "uid").orElse("");
        if (!actual.equals(uid)) {
            throw new InvalidTokenException("ServiceAccount UID (" + actual + ") does not match claim (" + uid + ")");
        }
    }

    private void markUsed(ObjectValue secret, String namespace, String name, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        String marked = secret.string("metadata", "labels", LAST_USED).orElse("");
        if (marked.equals(today.toString()) || marked.equals(today.plusDays(1).toString())) {
            return;
        }
        try {
            objects.update(Resources.SECRETS, namespace, name, current -> {
                current.objectOrNew("metadata").objectOrNew("labels").put(LAST_USED, today.toString());
                return current;
            });
        } catch (ApiException e) {
            LOG.warn("cannot mark the use of a token secret={}/{} error={}", namespace, name, e.message());
        }
    }
}
