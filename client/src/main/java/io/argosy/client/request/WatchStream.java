package io.argosy.client.request;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/** Events of one watch, read by one thread. */
public interface WatchStream<T extends HasMetadata> extends AutoCloseable {

    /**
     * Waits for the next event; empty when the server ended the watch in order.
     *
     * @throws RequestException when the stream broke off
     */
    Optional<WatchEvent<T>> next();

    /** Ends the watch, also under a thread that waits in {@link #next}. */
    @Override
    void close();
}
