package io.argosy.apiserver.impersonation;

import io.argosy.apimodel.status.ApiException;
import io.argosy.daemon.http.HttpHeaders;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** In whose name a request asks to be made: its {@code Impersonate-} headers as they are. */
record WantedUser(String name, String uid, List<String> groups, Map<String, List<String>> extra) {

    private static final String EXTRA = "impersonate-extra-";
    private static final String NODE = "system:node:";
    private static final String ACCOUNT = "system:serviceaccount:";

    /** @throws ApiException when headers tell parts of a user but no name */
    static Optional<WantedUser> read(HttpHeaders headers) {
        String name = headers.get("Impersonate-User");
        String uid = headers.get("Impersonate-Uid");
        List<String> groups = headers.all("Impersonate-Group");
        Map<String, List<String>> extra = new LinkedHashMap<>();
        headers.forEach((header, value) -> {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith(EXTRA)) {
                extra.computeIfAbsent(unescape(lower.substring(EXTRA.length())), _ -> new ArrayList<>())
                        .add(value);
            }
        });
        if (!name.isEmpty()) {
            return Optional.of(new WantedUser(name, uid, groups, extra));
        }
        if (uid.isEmpty() && groups.isEmpty() && extra.isEmpty()) {
            return Optional.empty();
        }
        throw ApiException.badRequest("requested a user with uid \"" + uid + "\" and groups " + groups
                + " without impersonating a user name");
    }

    private static String unescape(String key) {
        try {
            return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return key;
        }
    }

    /** Takes the headers away, so that nothing behind sees them. */
    static void remove(HttpHeaders headers) {
        List<String> names = new ArrayList<>();
        headers.forEach((header, _) -> {
            if (header.regionMatches(true, 0, "Impersonate-", 0, "Impersonate-".length())) {
                names.add(header);
            }
        });
        names.forEach(headers::remove);
    }

    boolean nameOnly() {
        return uid.isEmpty() && groups.isEmpty() && extra.isEmpty();
    }

    Optional<String> node() {
        return name.startsWith(NODE) && name.length() > NODE.length()
                ? Optional.of(name.substring(NODE.length()))
                : Optional.empty();
    }

    /** Namespace and name of a ServiceAccount. */
    Optional<List<String>> serviceAccount() {
        if (!name.startsWith(ACCOUNT)) {
            return Optional.empty();
        }
        String[] parts = name.substring(ACCOUNT.length()).split(":", -1);
        return parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty()
                ? Optional.of(List.of(parts))
                : Optional.empty();
    }
}
