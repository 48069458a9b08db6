package io.argosy.client.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.resolver.NoopAddressResolverGroup;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Opens connections: TCP, TLS with ALPN, then HTTP/2 or HTTP/1.1. */
@SuppressWarnings("FutureReturnValueIgnored") // failures arrive as exceptionCaught or channelInactive
final class Connector {

    private static final int CONNECT_MILLIS = 10_000;
    private static final int HANDSHAKE_SECONDS = 10;

    /** What one stream may have under way; with 100 streams of a connection 25 MiB in all. */
    private static final int STREAM_WINDOW = 256 * 1024;

    private static final int CONNECTION_WINDOW = 32 * 1024 * 1024;

    private final Endpoint endpoint;
    private final Optional<URI> proxy;
    private final EventLoops loops;

    Connector(Endpoint endpoint, Optional<URI> proxy, EventLoops loops) {
        this.endpoint = endpoint;
        this.proxy = proxy;
        this.loops = loops;
    }

    /** @param tls empty for a cleartext server */
    Connection connect(Optional<SslContext> tls) throws IOException, InterruptedException {
        CompletableFuture<Connection> ready = new CompletableFuture<>();
        Bootstrap bootstrap = new Bootstrap();
        if (proxy.isPresent()) {
            // The proxy knows the server's name; this machine need not.
            bootstrap.resolver(NoopAddressResolverGroup.INSTANCE);
        }
        ChannelFuture connecting = bootstrap
                .group(loops.group())
                .channel(loops.channelType())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        proxy.ifPresent(by -> channel.pipeline().addLast(Proxies.handler(by)));
                        if (tls.isPresent()) {
                            channel.pipeline()
                                    .addLast(tls.get()
                                            .newHandler(channel.alloc(), endpoint.serverName(), endpoint.port()));
                            channel.pipeline().addLast(new Negotiation(ready));
                        } else {
                            ready.complete(http1(channel.pipeline()));
                        }
                    }
                })
                .connect(endpoint.host(), endpoint.port());
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                ready.completeExceptionally(done.cause());
            }
        });
        connecting
                .channel()
                .closeFuture()
                .addListener(closed -> ready.completeExceptionally(new IOException("closed before it was ready")));
        try {
            connecting.await();
            if (!connecting.isSuccess()) {
                throw new NotSentException(
                        "connect to " + endpoint.authority() + ": "
                                + connecting.cause().getMessage(),
                        connecting.cause());
            }
            return ready.get(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            connecting.channel().close();
            throw new NotSentException(
                    "connect to " + endpoint.authority() + ": " + e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            connecting.channel().close();
            throw new NotSentException("connect to " + endpoint.authority() + ": no TLS handshake in time", e);
        } catch (InterruptedException e) {
            connecting.channel().close();
            throw e;
        }
    }

    /** Sets the pipeline up for the protocol that the TLS handshake chose, before anything else is read. */
    private final class Negotiation extends ApplicationProtocolNegotiationHandler {

        private final CompletableFuture<Connection> ready;

        Negotiation(CompletableFuture<Connection> ready) {
            super(ApplicationProtocolNames.HTTP_1_1);
            this.ready = ready;
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext context, String protocol) throws Exception {
            ready.complete(
                    ApplicationProtocolNames.HTTP_2.equals(protocol)
                            ? http2(context.pipeline())
                            : http1(context.pipeline()));
        }

        @Override
        protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
            ready.completeExceptionally(cause);
            context.close();
        }
    }

    private Connection http2(ChannelPipeline pipeline) throws Http2Exception {
        Http2Connection connection = new Http2Connection(endpoint.authority(), pipeline.channel());
        Http2FrameCodec codec = Http2FrameCodecBuilder.forClient()
                .initialSettings(Http2Settings.defaultSettings()
                        .pushEnabled(false)
                        .initialWindowSize(STREAM_WINDOW)
                        .maxHeaderListSize(1 << 20))
                .build();
        pipeline.addLast(new IdleStateHandler(Http2Connection.PING_AFTER_SECONDS, 0, 0));
        pipeline.addLast(codec);
        pipeline.addLast(new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
        pipeline.addLast(connection);
        codec.connection()
                .local()
                .flowController()
                .incrementWindowSize(codec.connection().connectionStream(), CONNECTION_WINDOW);
        pipeline.flush();
        return connection;
    }

    private Connection http1(ChannelPipeline pipeline) {
        Http1Connection connection = new Http1Connection(endpoint.authority(), pipeline.channel());
        pipeline.addLast(new HttpClientCodec());
        pipeline.addLast(connection);
        return connection;
    }
}
