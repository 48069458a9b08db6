package io.argosy.daemon.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Writes one answer in HTTP/1.1. */
final class Http1Outbound implements Outbound {

    private final ChannelHandlerContext context;
    private final Http1Connection connection;
    private final Http1Encoder encoder;
    private final HttpRequest request;
    private final boolean http10;
    private boolean continued;

    Http1Outbound(
            ChannelHandlerContext context,
            Http1Connection connection,
            Http1Encoder encoder,
            HttpRequest request,
            boolean http10) {
        this.context = context;
        this.connection = connection;
        this.encoder = encoder;
        this.request = request;
        this.http10 = http10;
    }

    @Override
    public EventLoop loop() {
        return context.channel().eventLoop();
    }

    private boolean headOnly() {
        return request.method().equals("HEAD");
    }

    @Override
    public ChannelFuture head(int status, HttpHeaders headers, long length, boolean last) {
        continued = true;
        DefaultHttpResponse response = response(status, headers);
        if (length >= 0 && status != 204 && status != 304 && status >= 200) {
            if (!headOnly() || !headers.has("Content-Length")) {
                response.headers().set(HttpHeaderNames.CONTENT_LENGTH, length);
            }
        } else if (length < 0) {
            if (http10) {
                connection.endsWithAnswer();
            } else {
                response.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            }
        }
        if (!connection.keepsAlive()) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (http10) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
        encoder.headOnly(headOnly());
        ChannelFuture written = context.write(response);
        return last ? context.write(LastHttpContent.EMPTY_LAST_CONTENT) : written;
    }

    private static DefaultHttpResponse response(int status, HttpHeaders headers) {
        DefaultHttpResponse response =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
        headers.forEach(response.headers()::add);
        if (!headers.has("Date")) {
            response.headers().set(HttpHeaderNames.DATE, HttpDate.now());
        }
        return response;
    }

    @Override
    public ChannelFuture data(ByteBuf bytes, boolean last) {
        if (headOnly()) {
            bytes.release();
            return context.write(last ? LastHttpContent.EMPTY_LAST_CONTENT : io.netty.buffer.Unpooled.EMPTY_BUFFER);
        }
        return context.write(last ? new DefaultLastHttpContent(bytes) : new DefaultHttpContent(bytes));
    }

    @Override
    public void flush() {
        context.flush();
    }

    @Override
    public void abort() {
        context.close();
    }

    @Override
    public void readMore() {
        if (!continued && request.headers().hasToken("Expect", "100-continue")) {
            continued = true;
            context.writeAndFlush(new io.netty.handler.codec.http.DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
        context.read();
    }

    @Override
    public void finished() {
        connection.answered(context);
    }

    /** Sends 101 and takes the connection out of HTTP. Called by a handler's thread. */
    RawConnection upgrade(HttpHeaders headers) throws IOException {
        CompletableFuture<RawConnection> ready = new CompletableFuture<>();
        loop().execute(() -> {
            context.writeAndFlush(response(101, headers)).addListener(written -> {
                if (written.isSuccess()) {
                    ready.complete(takeOver());
                } else {
                    ready.completeExceptionally(written.cause());
                }
            });
        });
        try {
            return ready.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted during an upgrade");
        } catch (ExecutionException e) {
            throw new IOException("the connection cannot be upgraded", e.getCause());
        }
    }

    private RawConnection takeOver() {
        ChannelPipeline pipeline = context.pipeline();
        pipeline.get(ConnectionClock.class).disarm();
        RawChannel raw = new RawChannel(context.channel());
        pipeline.addLast("raw", raw);
        pipeline.remove(connection);
        pipeline.remove(encoder);
        pipeline.remove(HttpRequestDecoder.class);
        return raw;
    }
}
