package io.argosy.client.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A connection of one exchange at a time, for servers without HTTP/2. */
@SuppressWarnings("FutureReturnValueIgnored") // failures arrive as exceptionCaught or channelInactive
final class Http1Connection extends ChannelInboundHandlerAdapter implements Connection {

    private final String authority;
    private final Channel channel;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile @Nullable ResponseSink sink;
    private boolean keepAlive = true;

    Http1Connection(String authority, Channel channel) {
        this.authority = authority;
        this.channel = channel;
    }

    @Override
    public boolean usable() {
        return channel.isActive() && !busy.get();
    }

    @Override
    public boolean isOpen() {
        return channel.isActive();
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public Exchange begin(HttpCall call) throws IOException {
        if (!busy.compareAndSet(false, true)) {
            throw new NotSentException("the connection is in use", null);
        }
        ResponseSink mine = new ResponseSink(() -> channel.config().setAutoRead(true));
        sink = mine;
        DefaultFullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.valueOf(call.method()),
                Targets.of(call),
                Unpooled.wrappedBuffer(call.body()));
        request.headers().set(HttpHeaderNames.HOST, authority);
        call.headers().forEach((name, value) -> request.headers().set(name, value));
        call.repeated().forEach((name, values) -> request.headers().set(name, values));
        if (call.body().length > 0 || !call.isRead()) {
            request.headers().set(HttpHeaderNames.CONTENT_LENGTH, call.body().length);
        }
        channel.writeAndFlush(request).addListener(written -> {
            if (!written.isSuccess()) {
                mine.fail(new NotSentException("request was not sent", written.cause()));
            }
        });
        return new Exchange(mine, () -> {
            if (sink == mine) {
                channel.close();
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ResponseSink current = sink;
        try {
            if (current == null) {
                context.close();
                return;
            }
            boolean more = true;
            if (message instanceof HttpResponse response) {
                keepAlive = HttpUtil.isKeepAlive(response);
                Map<String, String> fields = new HashMap<>();
                response.headers()
                        .forEach(
                                entry -> fields.putIfAbsent(entry.getKey().toLowerCase(Locale.ROOT), entry.getValue()));
                current.head(response.status().code(), fields);
            }
            if (message instanceof HttpContent content) {
                ByteBuf buffer = content.content();
                byte[] bytes = new byte[buffer.readableBytes()];
                buffer.readBytes(bytes);
                more = current.data(bytes);
            }
            if (message instanceof LastHttpContent) {
                finish(context, current);
            } else if (!more) {
                channel.config().setAutoRead(false);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void finish(ChannelHandlerContext context, ResponseSink current) {
        sink = null;
        if (keepAlive) {
            busy.set(false);
        } else {
            context.close();
        }
        current.end();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        ResponseSink current = sink;
        if (current != null) {
            current.fail(new IOException("the connection was closed"));
        }
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ResponseSink current = sink;
        if (current != null) {
            current.fail(new IOException("the connection failed: " + cause.getMessage(), cause));
        }
        context.close();
    }
}
