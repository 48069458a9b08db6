package io.argosy.apiserver.authn.token;

import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.authn.Authentication;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tokens {@code id.secret} held by Secrets {@code bootstrap-token-<id>} in kube-system, with which nodes join.
 *
 * <p>Source: Kubernetes page "Authenticating with Bootstrap Tokens".
 */
public final class BootstrapTokens implements TokenAuthenticator {

    private static final Pattern TOKEN = Pattern.compile("([a-z0-9]{6})\\.([a-z0-9]{16})");
    private static final Pattern GROUP = Pattern.compile("system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]");

    private final ClusterObjects objects;
    private final InstantSource clock;

    public BootstrapTokens(ClusterObjects objects, InstantSource clock) {
        this.objects = objects;
        this.clock = clock;
    }

    @Override
    public Authentication authenticate(String token, List<String> audiences) {
        Matcher parts = TOKEN.matcher(token);
        if (!parts.matches()) {
            return Authentication.NONE;
        }
        return objects.find(Resources.SECRETS, "kube-system", "bootstrap-token-" + parts.group(1))
                .flatMap(secret -> user(secret, parts.group(1), parts.group(2), clock.instant()))
                .<Authentication>map(Authentication.Authenticated::new)
                .orElse(Authentication.NONE);
    }

    static Optional<UserInfo> user(ObjectValue secret, String id, String tokenSecret, Instant now) {
        boolean good = !secret.object("metadata").orElseThrow().has("deletionTimestamp")
                && secret.string("type").orElse("").equals("bootstrap.kubernetes.io/token")
                && same(data(secret, "token-secret"), tokenSecret)
                && data(secret, "token-id").equals(id)
                && !expired(data(secret, "expiration"), now)
                && data(secret, "usage-bootstrap-authentication").equals("true");
        return good ? groups(data(secret, "auth-extra-groups")).map(groups -> user(id, groups)) : Optional.empty();
    }

    private static UserInfo user(String id, List<String> groups) {
        return new UserInfo("system:bootstrap:" + id, "", groups, Map.of());
    }

    private static Optional<List<String>> groups(String text) {
        TreeSet<String> groups = new TreeSet<>(List.of("system:bootstrappers"));
        for (String group : text.split(",")) {
            if (group.isEmpty()) {
                continue;
            }
            if (!GROUP.matcher(group).matches()) {
                return Optional.empty();
            }
            groups.add(group);
        }
        return Optional.of(new ArrayList<>(groups));
    }

    private static boolean same(String held, String given) {
        return MessageDigest.isEqual(held.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean expired(String expiration, Instant now) {
        if (expiration.isEmpty()) {
            return false;
        }
        try {
            return !now.isBefore(OffsetDateTime.parse(expiration).toInstant());
        } catch (DateTimeParseException _) {
            return true;
        }
    }

    static String data(ObjectValue secret, String key) {
        String text = secret.string("data", key).orElse("");
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }
}
