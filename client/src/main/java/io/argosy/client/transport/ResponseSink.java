package io.argosy.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The meeting point of one exchange: the event loop puts head, bytes and end in, one blocking thread takes them out.
 * Holds at most {@link #HIGH} bytes: then the event loop is told to stop reading until the reader has caught up.
 */
final class ResponseSink extends InputStream {

    /** Where reading from the network pauses. */
    private static final int HIGH = 256 * 1024;

    private static final byte[] END = {};

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private final Map<String, String> headers = new HashMap<>();
    private final Runnable resume;

    private int status;
    private int queued;
    private boolean ended;
    private boolean paused;
    private @Nullable IOException failure;
    private byte[] current = END;
    private int position;

    /** @param resume asks the event loop to read on; called on the reader's thread */
    ResponseSink(Runnable resume) {
        this.resume = resume;
    }

    void head(int code, Map<String, String> fields) {
        locked(() -> {
            status = code;
            headers.putAll(fields);
        });
    }

    /** Tells whether the event loop may read on. */
    boolean data(byte[] bytes) {
        lock.lock();
        try {
            if (bytes.length > 0) {
                chunks.addLast(bytes);
                queued += bytes.length;
            }
            paused = queued >= HIGH;
            changed.signalAll();
            return !paused;
        } finally {
            lock.unlock();
        }
    }

    void end() {
        locked(() -> ended = true);
    }

    void fail(IOException cause) {
        locked(() -> {
            if (!ended && failure == null) {
                failure = cause;
            }
        });
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the head; the status code. */
    int awaitHead(long timeoutNanos) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = timeoutNanos;
            while (status == 0) {
                if (failure != null) {
                    throw failure;
                }
                if (ended) {
                    throw new IOException("the answer ended before its head");
                }
                if (left <= 0) {
                    throw new IOException("no answer in time");
                }
                left = changed.awaitNanos(left);
            }
            return status;
        } finally {
            lock.unlock();
        }
    }

    Map<String, String> headers() {
        return headers;
    }

    /** Waits until the body is complete and returns it. */
    byte[] awaitBody(long timeoutNanos, int limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + timeoutNanos;
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        while (true) {
            byte[] chunk = nextChunk(deadline - System.nanoTime());
            if (chunk.length == 0) {
                return out.toByteArray();
            }
            out.write(chunk, 0, chunk.length);
            if (out.size() > limit) {
                throw new IOException("the answer is longer than " + limit + " bytes");
            }
        }
    }

    private byte[] nextChunk(long timeoutNanos) throws IOException, InterruptedException {
        boolean wake = false;
        byte[] chunk;
        lock.lockInterruptibly();
        try {
            long left = timeoutNanos;
            while (chunks.isEmpty() && !ended) {
                if (failure != null) {
                    throw new IOException(failure.getMessage(), failure);
                }
                if (left <= 0) {
                    throw new IOException("the answer was not complete in time");
                }
                left = changed.awaitNanos(left);
            }
            if (chunks.isEmpty()) {
                return END;
            }
            chunk = chunks.removeFirst();
            queued -= chunk.length;
            if (paused && queued < HIGH / 2) {
                paused = false;
                wake = true;
            }
        } finally {
            lock.unlock();
        }
        if (wake) {
            resume.run();
        }
        return chunk;
    }

    private boolean fill() throws IOException {
        if (position < current.length) {
            return true;
        }
        try {
            current = nextChunk(TimeUnit.DAYS.toNanos(365));
            position = 0;
            return current.length > 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException("interrupted");
        }
    }

    @Override
    public int read() throws IOException {
        return fill() ? current[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, current.length - position);
        System.arraycopy(current, position, bytes, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return current.length - position;
    }
}
