package io.argosy.client.transport;

import java.io.IOException;

/** One connection to the server. */
interface Connection {

    /** Whether another exchange may begin on it. */
    boolean usable();

    /** Whether exchanges may still be under way on it. */
    boolean isOpen();

    /** Begins an exchange; throws {@link NotSentException} when nothing was sent. */
    Exchange begin(HttpCall call) throws IOException, InterruptedException;

    void close();
}
