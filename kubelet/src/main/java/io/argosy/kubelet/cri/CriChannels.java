package io.argosy.kubelet.cri;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Opens gRPC channels to unix sockets. They connect when first used and again whenever the peer comes back. */
public final class CriChannels implements AutoCloseable {

    // Listing a node full of exited containers passes gRPC's default of 4 MiB; upstream allows 16 MiB as well.
    private static final int LARGEST_ANSWER = 16 * 1024 * 1024;

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("cri", true), NioIoHandler.newFactory());

    /** @param endpoint {@code unix:///path} or a plain path */
    public ManagedChannel open(String endpoint) {
        return NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(path(endpoint)))
                .overrideAuthority("localhost")
                .usePlaintext()
                .eventLoopGroup(loops)
                .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
                .withOption(io.netty.channel.ChannelOption.SO_KEEPALIVE, null)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .maxInboundMessageSize(LARGEST_ANSWER)
                .build();
    }

    static String path(String endpoint) {
        if (endpoint.startsWith("unix://")) {
            return endpoint.substring("unix://".length());
        }
        if (endpoint.startsWith("/")) {
            return endpoint;
        }
        throw new IllegalArgumentException("endpoint " + endpoint + " is neither unix:///path nor a path");
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
