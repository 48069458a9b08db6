package io.argosy.client.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A multiplexed HTTP/2 connection. Answers a silence of {@link #PING_AFTER_SECONDS} with a ping, and a second one by
 * closing, so that a dead path is noticed by every watch on it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failures arrive as exceptionCaught or channelInactive
final class Http2Connection extends ChannelInboundHandlerAdapter implements Connection {

    static final int PING_AFTER_SECONDS = 15;

    private final String authority;
    private final AtomicInteger active = new AtomicInteger();
    private volatile int limit = 100;
    private volatile boolean goingAway;
    private final Channel channel;
    private boolean pinged;

    Http2Connection(String authority, Channel channel) {
        this.authority = authority;
        this.channel = channel;
    }

    @Override
    public boolean usable() {
        return channel.isActive() && !goingAway && active.get() < limit;
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
    public Exchange begin(HttpCall call) throws IOException, InterruptedException {
        active.incrementAndGet();
        StreamHandler handler = new StreamHandler();
        Http2StreamChannel stream;
        try {
            stream = new Http2StreamChannelBootstrap(channel)
                    .option(ChannelOption.AUTO_READ, false)
                    .handler(handler)
                    .open()
                    .sync()
                    .getNow();
        } catch (InterruptedException e) {
            active.decrementAndGet();
            throw e;
        } catch (Exception e) {
            active.decrementAndGet();
            throw new NotSentException("no stream could be opened: " + e.getMessage(), e);
        }
        stream.closeFuture().addListener(future -> active.decrementAndGet());
        Exchange exchange = new Exchange(handler.sink(stream), () -> abort(stream));
        boolean bodiless = call.body().length == 0;
        stream.write(new DefaultHttp2HeadersFrame(headers(call), bodiless)).addListener(written -> {
            if (!written.isSuccess()) {
                handler.sink.fail(new NotSentException("request was not sent", written.cause()));
            }
        });
        if (!bodiless) {
            stream.write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(call.body()), true));
        }
        stream.flush();
        stream.read();
        return exchange;
    }

    private static void abort(Http2StreamChannel stream) {
        if (stream.isActive()) {
            stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL)).addListener(sent -> stream.close());
        }
    }

    private Http2Headers headers(HttpCall call) {
        Http2Headers headers = new DefaultHttp2Headers()
                .method(call.method())
                .scheme("https")
                .authority(authority)
                .path(Targets.of(call));
        call.headers().forEach(headers::set);
        call.repeated().forEach((name, values) -> headers.set(name, values));
        return headers;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        pinged = false;
        if (message instanceof Http2SettingsFrame settings) {
            Long streams = settings.settings().maxConcurrentStreams();
            if (streams != null) {
                limit = Math.clamp(streams, 1, 10_000);
            }
        } else if (message instanceof Http2GoAwayFrame) {
            goingAway = true;
        }
        ReferenceCountUtil.release(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof IdleStateEvent) {
            if (pinged) {
                context.close();
            } else {
                pinged = true;
                context.writeAndFlush(new DefaultHttp2PingFrame(System.nanoTime()));
            }
        }
        super.userEventTriggered(context, event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }

    /** Feeds one stream's frames to its sink. */
    private static final class StreamHandler extends ChannelInboundHandlerAdapter {

        private ResponseSink sink = new ResponseSink(() -> {});
        private boolean headSeen;

        /** The sink, bound to the stream before anything is sent. */
        ResponseSink sink(Http2StreamChannel stream) {
            sink = new ResponseSink(stream::read);
            return sink;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                switch (message) {
                    case Http2HeadersFrame frame -> head(frame);
                    case Http2DataFrame frame -> {
                        ByteBuf content = frame.content();
                        byte[] bytes = new byte[content.readableBytes()];
                        content.readBytes(bytes);
                        boolean more = sink.data(bytes);
                        if (frame.isEndStream()) {
                            sink.end();
                        } else if (more) {
                            context.read();
                        }
                    }
                    default -> {}
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
            if (message instanceof Http2HeadersFrame) {
                context.read();
            }
        }

        private void head(Http2HeadersFrame frame) {
            if (!headSeen) {
                headSeen = true;
                Map<String, String> fields = new HashMap<>();
                frame.headers()
                        .forEach(entry -> fields.putIfAbsent(
                                entry.getKey().toString(), entry.getValue().toString()));
                sink.head(Integer.parseInt(frame.headers().status().toString()), fields);
            }
            if (frame.isEndStream()) {
                sink.end();
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
            if (event instanceof Http2ResetFrame reset) {
                boolean refused = reset.errorCode() == Http2Error.REFUSED_STREAM.code();
                sink.fail(
                        refused
                                ? new NotSentException("the server refused the stream", null)
                                : new IOException("the server reset the stream, code " + reset.errorCode()));
                context.close();
            }
            super.userEventTriggered(context, event);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) throws Exception {
            sink.fail(new IOException("the connection was closed"));
            super.channelInactive(context);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            sink.fail(new IOException("the connection failed: " + cause.getMessage(), cause));
            context.close();
        }
    }
}
