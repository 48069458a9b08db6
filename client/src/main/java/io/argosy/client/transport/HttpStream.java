package io.argosy.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** An answer whose body is read as it comes, by one thread. */
public interface HttpStream extends AutoCloseable {

    int status();

    /** Names in lower case. */
    Map<String, String> headers();

    /** Blocks until bytes come; throws {@link IOException} when the body breaks off. */
    InputStream body();

    /** Ends the exchange, also under a thread that reads. */
    @Override
    void close();
}
