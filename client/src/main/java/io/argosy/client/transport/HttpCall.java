package io.argosy.client.transport;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request as HTTP sees it.
 *
 * @param path percent-encoded, without the query
 * @param query parameters, not encoded
 * @param headers beyond those that the transport adds (authorization, user agent, host)
 * @param repeated headers that may come several times
 * @param timeout for the whole answer, or for the head of a streamed one; empty for the transport's own
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
public record HttpCall(
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        Map<String, List<String>> repeated,
        byte[] body,
        Optional<Duration> timeout) {

    private static final byte[] NOTHING = {};

    public HttpCall {
        query = new LinkedHashMap<>(query);
        headers = new LinkedHashMap<>(headers);
        repeated = Map.copyOf(repeated);
    }

    public static HttpCall get(String path) {
        return new HttpCall("GET", path, Map.of(), Map.of(), Map.of(), NOTHING, Optional.empty());
    }

    public static HttpCall of(String method, String path, Map<String, String> query) {
        return new HttpCall(method, path, query, Map.of(), Map.of(), NOTHING, Optional.empty());
    }

    public HttpCall withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpCall(method, path, query, more, repeated, body, timeout);
    }

    public HttpCall withBody(String contentType, byte[] bytes) {
        HttpCall typed = withHeader("content-type", contentType);
        return new HttpCall(method, path, query, typed.headers, repeated, bytes, timeout);
    }

    public HttpCall withTimeout(Duration limit) {
        return new HttpCall(method, path, query, headers, repeated, body, Optional.of(limit));
    }

    HttpCall withRepeated(Map<String, List<String>> values) {
        return new HttpCall(method, path, query, headers, values, body, timeout);
    }

    HttpCall withPath(String other) {
        return new HttpCall(method, other, query, headers, repeated, body, timeout);
    }

    /** Whether repeating it can do no harm. */
    public boolean isRead() {
        return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    }
}
