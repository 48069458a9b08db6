package io.argosy.daemon.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * One request being answered, whatever the protocol.
 *
 * <pre>waiting --head--> answering --last piece--> complete        any --client gone, abort--> broken</pre>
 */
class Exchange implements HttpExchange, ResponseStream {

    /** Pieces are handed to the event loop together until they are this long. */
    private static final int BATCH_BYTES = 64 << 10;

    private final HttpRequest request;
    private final Outbound outbound;
    private final InboundBytes body;
    private final OutboundWindow window = new OutboundWindow();
    private final List<ByteBuf> batch = new ArrayList<>();
    private final List<Runnable> onDisconnect = new ArrayList<>();
    private long batchBytes;
    private volatile boolean answered;
    private volatile boolean complete;
    private boolean streaming;
    private volatile boolean closeAfter;

    Exchange(HttpRequest request, Outbound outbound) {
        this.request = request;
        this.outbound = outbound;
        this.body = new InboundBytes(() -> outbound.loop().execute(outbound::readMore));
    }

    InboundBytes inbound() {
        return body;
    }

    @Override
    public HttpRequest request() {
        return request;
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public byte[] readBody(int limit) throws IOException {
        long announced = contentLength();
        if (announced > limit) {
            throw new BodyTooLargeException(limit);
        }
        if (announced == 0) {
            return new byte[0];
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream(announced > 0 ? (int) announced : 4096);
        byte[] piece = new byte[8192];
        for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
            if (whole.size() + count > limit) {
                throw new BodyTooLargeException(limit);
            }
            whole.write(piece, 0, count);
        }
        return whole.toByteArray();
    }

    private long contentLength() {
        String text = request.headers().get("content-length");
        try {
            return text.isEmpty() ? -1 : Long.parseLong(text.trim());
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    @Override
    public void send(PreparedResponse response) throws IOException {
        begin();
        long length = 0;
        for (byte[] piece : response.body()) {
            length += piece.length;
        }
        HttpHeaders headers = response.headers();
        if (length <= BATCH_BYTES) {
            sendAtOnce(response, length);
            return;
        }
        long total = length;
        window.take(0);
        outbound.loop().execute(() -> outbound.head(response.status(), headers, total, false));
        for (byte[] piece : response.body()) {
            write(piece);
        }
        close();
    }

    private void sendAtOnce(PreparedResponse response, long length) {
        complete = true;
        outbound.loop().execute(() -> {
            ChannelFuture last = outbound.head(response.status(), response.headers(), length, length == 0);
            if (length > 0) {
                last = outbound.data(Unpooled.wrappedBuffer(response.body().toArray(byte[][]::new)), true);
            }
            outbound.flush();
            last.addListener(_ -> outbound.finished());
        });
    }

    @Override
    public ResponseStream stream(int status, HttpHeaders headers) throws IOException {
        begin();
        streaming = true;
        outbound.loop().execute(() -> {
            outbound.head(status, headers, -1, false);
            outbound.flush();
        });
        return this;
    }

    private void begin() throws IOException {
        if (answered) {
            throw new IllegalStateException("answered twice: " + request.method() + " " + request.path());
        }
        if (window.broken()) {
            throw new IOException("the client has gone away");
        }
        answered = true;
    }

    /** Marks the exchange as taken over by an upgrade. */
    void beginUpgrade() throws IOException {
        begin();
        complete = true;
    }

    @Override
    public RawConnection upgrade(HttpHeaders headers) throws IOException {
        throw new IOException(request.protocol() + " has no upgrade");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return;
        }
        batch.add(Unpooled.wrappedBuffer(bytes, offset, length));
        batchBytes += length;
        if (batchBytes >= BATCH_BYTES) {
            flush();
        }
    }

    @Override
    public void flush() throws IOException {
        hand(false);
    }

    @Override
    public void close() throws IOException {
        if (!complete) {
            complete = true;
            hand(true);
        }
    }

    private void hand(boolean last) throws IOException {
        if (batch.isEmpty() && !last) {
            return;
        }
        ByteBuf bytes = switch (batch.size()) {
            case 0 -> Unpooled.EMPTY_BUFFER;
            case 1 -> batch.getFirst();
            default -> Unpooled.wrappedBuffer(batch.toArray(ByteBuf[]::new));
        };
        long count = batchBytes;
        batch.clear();
        batchBytes = 0;
        window.take(count);
        outbound.loop().execute(() -> {
            ChannelFuture written = outbound.data(bytes, last);
            outbound.flush();
            written.addListener(future -> {
                if (future.isSuccess()) {
                    window.done(count);
                } else {
                    window.breakOff();
                }
                if (last) {
                    outbound.finished();
                }
            });
        });
    }

    @Override
    public void abort() {
        complete = true;
        outbound.loop().execute(outbound::abort);
    }

    @Override
    public boolean answered() {
        return answered;
    }

    boolean complete() {
        return complete;
    }

    boolean streaming() {
        return streaming;
    }

    @Override
    public void onDisconnect(Runnable action) {
        boolean gone;
        synchronized (onDisconnect) {
            gone = window.broken();
            if (!gone) {
                onDisconnect.add(action);
            }
        }
        if (gone) {
            action.run();
        }
    }

    @Override
    public boolean disconnected() {
        return window.broken();
    }

    @Override
    public void closeConnectionAfter() {
        closeAfter = true;
    }

    boolean closesConnection() {
        return closeAfter;
    }

    /** The client went away, or the exchange was reset. On the event loop. */
    void broken(String why) {
        List<Runnable> actions;
        synchronized (onDisconnect) {
            if (window.broken()) {
                return;
            }
            window.breakOff();
            actions = List.copyOf(onDisconnect);
            onDisconnect.clear();
        }
        body.fail(new IOException(why));
        actions.forEach(Runnable::run);
    }
}
