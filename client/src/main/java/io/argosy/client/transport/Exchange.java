package io.argosy.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** One request under way on some connection. */
final class Exchange implements HttpStream {

    private final ResponseSink sink;
    private final Runnable abort;
    private int status;

    /** @param abort gives the exchange up; harmless when it is complete */
    Exchange(ResponseSink sink, Runnable abort) {
        this.sink = sink;
        this.abort = abort;
    }

    void awaitHead(long timeoutNanos) throws IOException, InterruptedException {
        status = sink.awaitHead(timeoutNanos);
    }

    byte[] awaitBody(long timeoutNanos, int limit) throws IOException, InterruptedException {
        return sink.awaitBody(timeoutNanos, limit);
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public Map<String, String> headers() {
        return sink.headers();
    }

    @Override
    public InputStream body() {
        return sink;
    }

    @Override
    public void close() {
        sink.fail(new IOException("closed"));
        abort.run();
    }
}
