package io.argosy.client.transport;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/** Makes request targets. */
final class Targets {

    private Targets() {}

    static String of(HttpCall call) {
        if (call.query().isEmpty()) {
            return call.path();
        }
        StringJoiner query = new StringJoiner("&", call.path() + "?", "");
        call.query().forEach((name, value) -> query.add(encode(name) + "=" + encode(value)));
        return query.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
