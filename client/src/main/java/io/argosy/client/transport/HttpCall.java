package io.argosy.client.transport;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One request as HTTP sees it.
 *
 * @param path percent-encoded, without the query
 * @param query parameters, not encoded
 * @param headers beyond those that the transport adds (authorization, user agent, host)
 * @param timeout for the whole answer, or for the head of a streamed one; empty for the transport's own
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
public record HttpCall(
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        byte[] body,
        Optional<Duration> timeout) {

    private static final byte[] NOTHING = {};

    public HttpCall {
        query = new LinkedHashMap<>(query);
        headers = new LinkedHashMap<>(headers);
    }

    public static HttpCall get(String path) {
        return new HttpCall("GET", path, Map.of(), Map.of(), NOTHING, Optional.empty());
    }

    public static HttpCall of(String method, String path, Map<String, String> query) {
        return new HttpCall(method, path, query, Map.of(), NOTHING, Optional.empty());
    }

    public HttpCall withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpCall(method, path, query, more, body, timeout);
    }

    public HttpCall withBody(String contentType, byte[] bytes) {
        HttpCall typed = withHeader("content-type", contentType);
        return new HttpCall(method, path, query, typed.headers, bytes, timeout);
    }

    public HttpCall withTimeout(Duration limit) {
        return new HttpCall(method, path, query, headers, body, Optional.of(limit));
    }

    /** Whether repeating it can do no harm. */
    public boolean isRead() {
        return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    }
}
