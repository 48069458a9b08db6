package io.argosy.apiserver.aggregation;

import io.argosy.apiserver.authn.UserInfo;
import io.argosy.daemon.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells another server for whom this one speaks, by the headers of an authenticating proxy. */
final class RemoteUser {

    private static final String USER = "X-Remote-User";
    private static final String UID = "X-Remote-Uid";
    private static final String GROUP = "X-Remote-Group";
    private static final String EXTRA = "X-Remote-Extra-";

    /** Beside letters and digits: what may stand in the name of a header (RFC 9110, section 5.6.2), but for the percent. */
    private static final String TOKEN = "!#$&'*+-.^_`|~";

    private RemoteUser() {}

    /** Puts the user in place of what the client may have said about itself. */
    static HttpHeaders dress(HttpHeaders headers, UserInfo user) {
        List<String> told = new ArrayList<>();
        headers.forEach((name, _) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith("x-remote-extra-")
                    || List.of("x-remote-user", "x-remote-uid", "x-remote-group")
                            .contains(lower)) {
                told.add(name);
            }
        });
        told.forEach(headers::remove);
        headers.add(USER, user.name());
        if (!user.uid().isEmpty()) {
            headers.add(UID, user.uid());
        }
        user.groups().forEach(group -> headers.add(GROUP, group));
        user.extra().forEach((key, values) -> values.forEach(value -> headers.add(EXTRA + escaped(key), value)));
        return headers;
    }

    private static String escaped(String key) {
        StringBuilder name = new StringBuilder();
        for (byte one : key.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = one > 0 && (isAlphanumeric((char) one) || TOKEN.indexOf(one) >= 0);
            if (plain) {
                name.append((char) one);
            } else {
                name.append(String.format(Locale.ROOT, "%%%02X", one & 0xff));
            }
        }
        return name.toString();
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
