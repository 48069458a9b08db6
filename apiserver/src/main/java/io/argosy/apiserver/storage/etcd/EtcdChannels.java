package io.argosy.apiserver.storage.etcd;

import io.argosy.daemon.tls.Pem;
import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The connections to etcd: one channel for calls and one for watches, so that neither stands behind the other's bytes.
 */
final class EtcdChannels implements AutoCloseable {

    private static final long RECONNECT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final ManagedChannel calls;
    private final ManagedChannel watches;
    private final AtomicLong lastReconnect = new AtomicLong(System.nanoTime() - RECONNECT_NANOS);

    EtcdChannels(EtcdConfig config, Executor executor) {
        this.calls = open(config, executor);
        this.watches = open(config, executor);
    }

    ManagedChannel calls() {
        return calls;
    }

    ManagedChannel watches() {
        return watches;
    }

    /** Connects again at once, instead of after gRPC's ever longer pauses; at most twice in a second. */
    void reconnectSoon() {
        long now = System.nanoTime();
        long last = lastReconnect.get();
        if (now - last >= RECONNECT_NANOS && lastReconnect.compareAndSet(last, now)) {
            calls.resetConnectBackoff();
            watches.resetConnectBackoff();
        }
    }

    private static ManagedChannel open(EtcdConfig config, Executor executor) {
        NettyChannelBuilder builder = NettyChannelBuilder.forTarget(EndpointResolver.target(config.endpoints()))
                .defaultLoadBalancingPolicy("round_robin")
                .executor(executor)
                .maxInboundMessageSize(Integer.MAX_VALUE)
                .disableRetry()
                .keepAliveTime(30, TimeUnit.SECONDS)
                .keepAliveTimeout(10, TimeUnit.SECONDS);
        if (config.secure()) {
            builder.sslContext(tls(config));
        } else {
            builder.usePlaintext();
        }
        return builder.build();
    }

    private static SslContext tls(EtcdConfig config) {
        try {
            SslContextBuilder tls = GrpcSslContexts.forClient();
            if (config.caFile().isPresent()) {
                tls.trustManager(
                        Pem.certificates(Files.readAllBytes(config.caFile().get())));
            }
            if (config.certFile().isPresent() && config.keyFile().isPresent()) {
                tls.keyManager(
                        Pem.privateKey(Files.readAllBytes(config.keyFile().get())),
                        Pem.certificates(Files.readAllBytes(config.certFile().get())));
            }
            return tls.build();
        } catch (IOException | GeneralSecurityException broken) {
            throw new IllegalArgumentException("the TLS files for etcd cannot be used: " + broken.getMessage(), broken);
        }
    }

    @Override
    public void close() {
        calls.shutdownNow();
        watches.shutdownNow();
        try {
            if (!calls.awaitTermination(5, TimeUnit.SECONDS) || !watches.awaitTermination(5, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the connections to etcd did not close");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
