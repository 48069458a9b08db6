package io.argosy.daemon.http;

import java.io.IOException;
import java.io.InterruptedIOException;

/**
 * How many bytes one writer may have under way to its client: a writer waits here until the connection has taken what
 * it wrote before.
 */
final class OutboundWindow {

    /** Enough for a fast client to stay busy; a slow one holds no more than this and one piece. */
    private static final long LIMIT = 256 << 10;

    private long underWay;
    private boolean broken;

    /** Waits for room, then counts the bytes as under way. */
    synchronized void take(long bytes) throws IOException {
        while (underWay > LIMIT && !broken) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for the client to read");
            }
        }
        if (broken) {
            throw new IOException("the client has gone away");
        }
        underWay += bytes;
    }

    synchronized void done(long bytes) {
        underWay -= bytes;
        notifyAll();
    }

    /** Waits until all is written. */
    synchronized void drain() throws IOException {
        while (underWay > 0 && !broken) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for the client to read");
            }
        }
        if (broken) {
            throw new IOException("the client has gone away");
        }
    }

    synchronized void breakOff() {
        broken = true;
        notifyAll();
    }

    synchronized boolean broken() {
        return broken;
    }
}
