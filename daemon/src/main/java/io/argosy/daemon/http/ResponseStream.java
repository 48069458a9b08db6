package io.argosy.daemon.http;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** The body of an answer, written piece by piece; each write waits while the client does not keep up. */
public interface ResponseStream extends Closeable {

    /** Writes bytes without copying them: they must not change afterwards. They are sent at the next {@link #flush}. */
    void write(byte[] bytes, int offset, int length) throws IOException;

    default void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    /** Writes several pieces with one flush. */
    default void writeAll(List<byte[]> pieces) throws IOException {
        for (byte[] piece : pieces) {
            write(piece);
        }
        flush();
    }

    void flush() throws IOException;

    /** Whether the client has gone away. */
    boolean disconnected();

    /** Ends the body; the answer is complete. */
    @Override
    void close() throws IOException;

    /** Breaks the answer off, so that the client sees that it is not complete. */
    void abort();
}
