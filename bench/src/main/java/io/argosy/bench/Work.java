package io.argosy.bench;

import io.argosy.client.transport.Transport;
import java.io.IOException;

/** One kind of operation. A worker repeats it on a connection of its own. */
interface Work {

    /** What the row of the table is called. */
    String name();

    /** How many of it {@code workers} do at once. */
    default int workers(int workers) {
        return workers;
    }

    /**
     * Does it once.
     *
     * @param number distinct over all workers and blocks of a server
     * @return whether there was anything left to do
     */
    boolean once(Transport transport, int number) throws IOException, InterruptedException;
}
