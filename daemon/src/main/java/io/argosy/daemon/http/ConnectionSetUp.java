package io.argosy.daemon.http;

import io.argosy.daemon.tls.ServerTls;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SniHandler;
import io.netty.util.Mapping;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts together the pipeline of a new connection: clock, TLS, then HTTP/1.1 or HTTP/2. */
final class ConnectionSetUp extends ChannelInitializer<Channel> {

    private static final Logger log = LoggerFactory.getLogger(ConnectionSetUp.class);
    private static final int HELLO_BYTES = 64 << 10;
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final HttpServerConfig config;
    private final Dispatch dispatch;
    private final ChannelGroup connections;
    private final InstantSource time;

    ConnectionSetUp(HttpServerConfig config, Dispatch dispatch, ChannelGroup connections, InstantSource time) {
        this.config = config;
        this.dispatch = dispatch;
        this.connections = connections;
        this.time = time;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (connections.size() >= config.limits().connections()) {
            channel.close();
            return;
        }
        connections.add(channel);
        ConnectionClock clock = new ConnectionClock(config.limits());
        channel.pipeline().addLast("clock", clock);
        if (config.tls().isPresent()) {
            ServerTls tls = config.tls().get();
            Mapping<String, io.netty.handler.ssl.SslContext> contexts = host -> tls.context(host == null ? "" : host);
            channel.pipeline()
                    .addLast(
                            "tls",
                            new SniHandler(
                                    contexts,
                                    HELLO_BYTES,
                                    config.limits().headTime().toMillis()))
                    .addLast("alpn", new Negotiated(clock));
        } else {
            channel.pipeline().addLast("preface", new PrefaceReader(clock));
        }
    }

    private void http1(ChannelPipeline pipeline, ConnectionClock clock) {
        int headerBytes = config.limits().headerBytes();
        HttpDecoderConfig decoding = new HttpDecoderConfig()
                .setMaxInitialLineLength(headerBytes)
                .setMaxHeaderSize(headerBytes)
                .setMaxChunkSize(64 << 10);
        Http1Encoder encoder = new Http1Encoder();
        pipeline.addLast("decoder", new StrictDecoder(decoding));
        pipeline.addLast("encoder", encoder);
        pipeline.addLast(
                "http1", new Http1Connection(dispatch, Connection.of(pipeline.channel(), clock, time), encoder));
    }

    private void http2(ChannelPipeline pipeline, ConnectionClock clock) {
        HttpLimits limits = config.limits();
        clock.multiplexed();
        Http2Settings settings = Http2Settings.defaultSettings()
                .maxConcurrentStreams(limits.concurrentStreams())
                .maxHeaderListSize(limits.headerBytes() + 320L)
                .initialWindowSize(limits.streamWindow());
        Http2FrameCodec codec = Http2FrameCodecBuilder.forServer()
                .initialSettings(settings)
                .decoderEnforceMaxRstFramesPerWindow(
                        limits.resetsPerWindow(), (int) limits.resetWindow().toSeconds())
                .gracefulShutdownTimeoutMillis(60_000)
                .build();
        Connection connection = Connection.of(pipeline.channel(), clock, time);
        AtomicInteger working = new AtomicInteger();
        pipeline.addLast("codec", codec);
        pipeline.addLast("streams", new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel stream) {
                stream.pipeline()
                        .addLast(new Http2Stream(dispatch, connection, working, 2 * limits.concurrentStreams()));
            }
        }));
        pipeline.addLast("http2", new Http2Connection());
        int room = limits.concurrentStreams() * limits.streamWindow();
        try {
            codec.connection()
                    .local()
                    .flowController()
                    .incrementWindowSize(codec.connection().connectionStream(), room);
        } catch (Http2Exception e) {
            log.warn("connection window not widened remote={}", connection.remote(), e);
        }
    }

    /** Ends an HTTP/2 connection when told to: GOAWAY now, close when its streams are done. */
    private static final class Http2Connection extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == HttpServer.Drain.DRAIN) {
                context.channel().close();
            }
            ReferenceCountUtil.release(event);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            log.debug("connection broke remote={} cause={}", context.channel().remoteAddress(), cause.toString());
            context.close();
        }
    }

    /** One message has one length: requests with both framings are refused (RFC 9112, 6.1). */
    private static final class StrictDecoder extends HttpRequestDecoder {
        StrictDecoder(HttpDecoderConfig config) {
            super(config);
        }

        @Override
        protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
            throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
        }
    }

    private final class Negotiated extends ApplicationProtocolNegotiationHandler {
        private final ConnectionClock clock;

        Negotiated(ConnectionClock clock) {
            super(ApplicationProtocolNames.HTTP_1_1);
            this.clock = clock;
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext context, String protocol) {
            if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                http2(context.pipeline(), clock);
            } else {
                http1(context.pipeline(), clock);
            }
        }

        @Override
        protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
            log.info(
                    "TLS handshake failed remote={} cause={}", context.channel().remoteAddress(), cause.getMessage());
            context.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            log.debug("connection broke remote={} cause={}", context.channel().remoteAddress(), cause.toString());
            context.close();
        }
    }

    /** Cleartext: HTTP/2 for clients that begin with its preface. */
    private final class PrefaceReader extends ByteToMessageDecoder {
        private final ConnectionClock clock;

        PrefaceReader(ConnectionClock clock) {
            this.clock = clock;
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            int count = Math.min(in.readableBytes(), PREFACE.length);
            for (int i = 0; i < count; i++) {
                if (in.getByte(in.readerIndex() + i) != PREFACE[i]) {
                    http1(context.pipeline(), clock);
                    context.pipeline().remove(this);
                    return;
                }
            }
            if (count == PREFACE.length) {
                http2(context.pipeline(), clock);
                context.pipeline().remove(this);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
