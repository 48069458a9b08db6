package io.argosy.daemon.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A listening server.
 *
 * <pre>open --stopAccepting--> draining (running requests go on) --close--> closed</pre>
 */
public final class HttpServer implements AutoCloseable {

    /** Told to each connection when it shall end after its running requests. */
    enum Drain {
        DRAIN
    }

    private final EventLoopGroup loops;
    private final ExecutorService threads;
    private final ChannelGroup connections;
    private final Channel listener;

    private HttpServer(EventLoopGroup loops, ExecutorService threads, ChannelGroup connections, Channel listener) {
        this.loops = loops;
        this.threads = threads;
        this.connections = connections;
        this.listener = listener;
    }

    /** Listens with the system's clock; see {@link #start(HttpServerConfig, HttpHandler, InstantSource)}. */
    public static HttpServer start(HttpServerConfig config, HttpHandler handler) throws IOException {
        return start(config, handler, Clock.systemUTC());
    }

    /** Listens. */
    public static HttpServer start(HttpServerConfig config, HttpHandler handler, InstantSource time)
            throws IOException {
        boolean epoll = Epoll.isAvailable();
        int cores = Math.max(1, Runtime.getRuntime().availableProcessors());
        EventLoopGroup loops =
                new MultiThreadIoEventLoopGroup(cores, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("request-", 0).factory());
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ConnectionSetUp(config, new Dispatch(handler, threads), connections, time));
        if (epoll) {
            bootstrap
                    .childOption(EpollChannelOption.TCP_KEEPIDLE, 15)
                    .childOption(EpollChannelOption.TCP_KEEPINTVL, 15)
                    .childOption(EpollChannelOption.TCP_KEEPCNT, 9);
        }
        try {
            Channel listener =
                    bootstrap.bind(config.address()).syncUninterruptibly().channel();
            return new HttpServer(loops, threads, connections, listener);
        } catch (RuntimeException e) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            threads.close();
            throw e;
        } catch (Exception e) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            threads.close();
            throw new IOException("cannot listen on " + config.address(), e);
        }
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    public int port() {
        return address().getPort();
    }

    public int connections() {
        return connections.size();
    }

    /** Closes the listening socket and tells connections to end: GOAWAY, {@code Connection: close}. */
    public void stopAccepting() {
        listener.close().syncUninterruptibly();
        for (Channel connection : connections) {
            connection.pipeline().fireUserEventTriggered(Drain.DRAIN);
        }
    }

    /** Waits until all connections have ended; false when some have not in time. */
    public boolean awaitDrained(Duration most) throws InterruptedException {
        return connections.newCloseFuture().await(most.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Closes everything at once; running handlers are interrupted. */
    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        threads.shutdownNow();
    }
}
