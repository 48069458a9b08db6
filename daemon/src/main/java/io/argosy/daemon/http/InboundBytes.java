package io.argosy.daemon.http;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Bytes from the event loop to one blocking reader. More is asked of the connection only when the reader has used up
 * what came, so that at most one read of the connection is held.
 *
 * <pre>open --end--> ended        open --fail--> failed        any --discard--> discarded (buffers are dropped)</pre>
 */
final class InboundBytes extends InputStream {

    private final Runnable readMore;
    private final ArrayDeque<ByteBuf> buffers = new ArrayDeque<>();
    private boolean asked;
    private boolean ended;
    private boolean discarded;
    private @Nullable IOException failure;

    /** @param readMore asks the connection for one more read; called by the reader's thread */
    InboundBytes(Runnable readMore) {
        this.readMore = readMore;
    }

    /** Takes over a buffer. */
    synchronized void offer(ByteBuf buffer) {
        asked = false;
        if (discarded || !buffer.isReadable()) {
            buffer.release();
            return;
        }
        buffers.add(buffer);
        notifyAll();
    }

    /** A read came to an end without bytes for this reader. */
    synchronized void readDone() {
        asked = false;
        notifyAll();
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }

    synchronized void fail(IOException cause) {
        if (!ended && failure == null) {
            failure = cause;
            notifyAll();
        }
    }

    synchronized boolean ended() {
        return ended;
    }

    /** Drops what came and what may still come. */
    synchronized void discard() {
        discarded = true;
        buffers.forEach(ByteBuf::release);
        buffers.clear();
        notifyAll();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            boolean ask = false;
            synchronized (this) {
                ByteBuf first = buffers.peek();
                if (first != null) {
                    int count = Math.min(length, first.readableBytes());
                    first.readBytes(target, offset, count);
                    if (!first.isReadable()) {
                        buffers.remove().release();
                    }
                    return count;
                }
                if (failure != null) {
                    throw failure;
                }
                if (ended) {
                    return -1;
                }
                if (discarded) {
                    throw new IOException("the exchange is over");
                }
                if (asked) {
                    await();
                } else {
                    asked = true;
                    ask = true;
                }
            }
            if (ask) {
                readMore.run();
            }
        }
    }

    /** Waits for a change once; the caller looks again at what it waits for. */
    @SuppressWarnings("WaitNotInLoop")
    private void await() throws InterruptedIOException {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the client's bytes");
        }
    }

    @Override
    public synchronized int available() {
        ByteBuf first = buffers.peek();
        return first == null ? 0 : first.readableBytes();
    }
}
