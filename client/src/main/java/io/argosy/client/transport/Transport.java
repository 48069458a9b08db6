package io.argosy.client.transport;

import java.io.IOException;

/** Carries requests to one server. Safe for any thread. */
public interface Transport extends AutoCloseable {

    /**
     * Sends and waits for the whole answer.
     *
     * @throws NotSentException when the request certainly did not reach the server
     * @throws IOException when no answer came otherwise: the outcome is unknown
     */
    HttpAnswer call(HttpCall call) throws IOException, InterruptedException;

    /** Sends and waits for the answer's head. Errors as {@link #call}. */
    HttpStream open(HttpCall call) throws IOException, InterruptedException;

    @Override
    void close();
}
