package io.argosy.daemon.http;

import java.io.IOException;
import java.util.Optional;

/** Answers requests. */
public interface HttpHandler {

    /**
     * Answers one request, on a virtual thread of its own; may block. When it returns without an answer, or throws, the
     * client gets a 500 if nothing was sent yet and sees the connection or stream break off if something was.
     */
    void handle(HttpExchange exchange) throws IOException, InterruptedException;

    /**
     * An answer that is ready at once. Called on the event loop for requests without a body, before {@link #handle}: it
     * must neither block nor compute for long. Empty sends the request to {@link #handle}.
     */
    default Optional<PreparedResponse> answerAtOnce(HttpRequest request) {
        return Optional.empty();
    }
}
