package io.argosy.kubelet.image;

import io.argosy.kubelet.cri.v1.AuthConfig;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Credentials for an image, from a pod's pull secrets. Pure. */
final class PullCredentials {

    private static final JsonMapper JSON = new JsonMapper();

    private record Entry(String location, AuthConfig auth) {}

    private PullCredentials() {}

    /** Those that fit, the most specific first. */
    static List<AuthConfig> of(ImageName image, List<Secret> secrets) {
        List<Entry> fitting = new ArrayList<>();
        for (Secret secret : secrets) {
            for (Entry entry : entries(secret)) {
                if (fits(entry.location(), image)) {
                    fitting.add(entry);
                }
            }
        }
        return fitting.stream()
                .sorted(Comparator.comparingInt((Entry e) -> e.location().length())
                        .reversed())
                .map(Entry::auth)
                .toList();
    }

    private static List<Entry> entries(Secret secret) {
        Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
        String key = "kubernetes.io/dockercfg".equals(secret.getType()) ? ".dockercfg" : ".dockerconfigjson";
        String encoded = data.get(key);
        if (encoded == null) {
            return List.of();
        }
        List<Entry> out = new ArrayList<>();
        try {
            JsonNode root = JSON.readTree(Base64.getMimeDecoder().decode(encoded));
            JsonNode auths = key.equals(".dockercfg") ? root : root.path("auths");
            auths.properties().forEach(e -> out.add(new Entry(location(e.getKey()), auth(e.getValue()))));
        } catch (JacksonException | IllegalArgumentException e) {
            // A secret that is no registry configuration gives no credentials.
            return List.of();
        }
        return out;
    }

    private static String location(String key) {
        String plain = key.replaceFirst("^https?://", "").replaceFirst("/v[12]/?$", "");
        return plain.equals("index.docker.io") ? "docker.io" : plain.replaceFirst("/+$", "");
    }

    private static AuthConfig auth(JsonNode node) {
        String user = node.path("username").asString("");
        String password = node.path("password").asString("");
        String both = node.path("auth").asString("");
        if (!both.isEmpty()) {
            String decoded = new String(Base64.getMimeDecoder().decode(both), StandardCharsets.UTF_8);
            int colon = decoded.indexOf(':');
            if (colon > 0) {
                user = decoded.substring(0, colon);
                password = decoded.substring(colon + 1);
            }
        }
        return AuthConfig.newBuilder()
                .setUsername(user)
                .setPassword(password)
                .setIdentityToken(node.path("identitytoken").asString(""))
                .build();
    }

    private static boolean fits(String location, ImageName image) {
        int slash = location.indexOf('/');
        String host = slash < 0 ? location : location.substring(0, slash);
        String path = slash < 0 ? "" : location.substring(slash + 1);
        return hostFits(host, image.registry()) && image.repository().startsWith(path);
    }

    // A star stands for one part of a host name.
    private static boolean hostFits(String pattern, String host) {
        String[] wanted = pattern.split("\\.");
        String[] given = host.split("\\.");
        if (wanted.length != given.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            String regex = wanted[i]
                    .chars()
                    .mapToObj(c -> c == '*' ? "[^.]*" : java.util.regex.Pattern.quote(Character.toString(c)))
                    .reduce("", String::concat);
            if (!given[i].matches(regex)) {
                return false;
            }
        }
        return true;
    }
}
