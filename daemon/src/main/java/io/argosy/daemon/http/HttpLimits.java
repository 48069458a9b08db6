package io.argosy.daemon.http;

import java.time.Duration;

/**
 * What one client may take. The defaults are those of Kubernetes.
 *
 * @param headerBytes of one request's head, more is a 431
 * @param headTime until a request's head, or the TLS hello, is complete
 * @param idleTime until a connection without requests is closed
 * @param concurrentStreams of one HTTP/2 connection
 * @param resetsPerWindow stream resets in {@link #resetWindow} after which an HTTP/2 connection is ended with GOAWAY
 * @param streamWindow bytes of a request body that one HTTP/2 stream may have under way
 * @param connections in all; more are closed at once
 */
public record HttpLimits(
        int headerBytes,
        Duration headTime,
        Duration idleTime,
        int concurrentStreams,
        int resetsPerWindow,
        Duration resetWindow,
        int streamWindow,
        int connections) {

    public static final HttpLimits DEFAULT = new HttpLimits(
            1 << 20,
            Duration.ofSeconds(32),
            Duration.ofSeconds(90),
            100,
            1000,
            Duration.ofSeconds(10),
            256 << 10,
            50_000);

    public HttpLimits withConcurrentStreams(int streams) {
        return new HttpLimits(
                headerBytes, headTime, idleTime, streams, resetsPerWindow, resetWindow, streamWindow, connections);
    }
}
