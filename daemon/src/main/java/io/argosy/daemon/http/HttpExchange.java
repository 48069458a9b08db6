package io.argosy.daemon.http;

import java.io.IOException;
import java.io.InputStream;

/**
 * One request and the way to answer it. Used by one thread; exactly one of {@link #send}, {@link #stream} and
 * {@link #upgrade} is called, once.
 */
public interface HttpExchange {

    HttpRequest request();

    /** The body, read blocking as it comes; at its end {@code -1}. Reading past a client's abort throws. */
    InputStream body();

    /**
     * The whole body.
     *
     * @throws BodyTooLargeException when it is longer than {@code limit} bytes; at most a few more are read
     */
    byte[] readBody(int limit) throws IOException;

    /** Sends a whole answer; the pieces are written without being copied. */
    void send(PreparedResponse response) throws IOException;

    /** Begins an answer of unknown length. */
    ResponseStream stream(int status, HttpHeaders headers) throws IOException;

    /**
     * Answers 101 and hands over the connection as raw bytes. HTTP/1.1 only.
     *
     * @throws IOException when the protocol cannot do it
     */
    RawConnection upgrade(HttpHeaders headers) throws IOException;

    /** Whether an answer has begun. */
    boolean answered();

    /** Runs an action, on the event loop and without delay, when the client goes away before the answer is complete. */
    void onDisconnect(Runnable action);

    /** Whether the client has gone away. */
    boolean disconnected();

    /** Ends the connection after this answer: {@code Connection: close}, or GOAWAY. */
    void closeConnectionAfter();
}
