package io.argosy.daemon.http;

import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;

/** A connection after an upgrade: bytes both ways. Reading and writing block, each in a thread of its own. */
public interface RawConnection extends Closeable {

    InputStream input();

    /** Writes are sent at once. */
    OutputStream output();

    @Override
    void close();
}
