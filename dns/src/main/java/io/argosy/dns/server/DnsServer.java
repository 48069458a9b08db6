package io.argosy.dns.server;

import io.argosy.dns.forward.Forwarder;
import io.argosy.dns.zone.ClusterZone;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;

/**
 * Listens on UDP and TCP (RFC 1035, 7766). What the zone answers is answered on the event loop; a question for a resolver
 * gets a virtual thread.
 */
public final class DnsServer implements AutoCloseable {

    private static final int PLAIN_UDP = 512;
    private static final int LARGEST_UDP = 1232;
    private static final int LARGEST = 65_535;
    private static final int IDLE_SECONDS = 10;
    private static final int CONNECTIONS = 1000;
    private static final int PORT_TRIES = 20;

    private final EventLoopGroup group;
    private final Channel udp;
    private final Channel tcp;
    private final Answerer answerer;
    private final Semaphore connections = new Semaphore(CONNECTIONS);

    private DnsServer(InetSocketAddress address, ClusterZone zone, Forwarder forwarder) throws InterruptedException {
        this.answerer = new Answerer(zone, forwarder);
        boolean epoll = Epoll.isAvailable();
        this.group =
                new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        Bootstrap datagrams = new Bootstrap()
                .group(group)
                .channel(epoll ? EpollDatagramChannel.class : NioDatagramChannel.class)
                .option(ChannelOption.SO_RCVBUF, 1 << 20)
                .handler(new UdpHandler());
        ServerBootstrap streams = new ServerBootstrap()
                .group(group)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .childHandler(new TcpInitializer());
        try {
            Listeners listeners = bind(datagrams, streams, address);
            this.udp = listeners.udp();
            this.tcp = listeners.tcp();
        } catch (RuntimeException | InterruptedException e) {
            shutDown(group);
            throw e;
        }
    }

    private record Listeners(Channel udp, Channel tcp) {}

    /** Both transports on one port; a port that was to be any free one is tried anew when only one transport has it. */
    private static Listeners bind(Bootstrap datagrams, ServerBootstrap streams, InetSocketAddress address)
            throws InterruptedException {
        for (int left = address.getPort() == 0 ? PORT_TRIES : 1; ; left--) {
            Channel udp = datagrams.bind(address).sync().channel();
            int port = ((InetSocketAddress) udp.localAddress()).getPort();
            ChannelFuture tcp = streams.bind(new InetSocketAddress(address.getAddress(), port))
                    .await();
            if (tcp.isSuccess()) {
                return new Listeners(udp, tcp.channel());
            }
            udp.close().sync();
            if (left == 1) {
                throw new IllegalStateException("cannot listen on TCP port " + port, tcp.cause());
            }
        }
    }

    /** Listens on both transports of one address; port 0 takes a free one. */
    public static DnsServer start(InetSocketAddress address, ClusterZone zone, Forwarder forwarder)
            throws InterruptedException {
        return new DnsServer(address, zone, forwarder);
    }

    public int port() {
        return ((InetSocketAddress) udp.localAddress()).getPort();
    }

    @Override
    public void close() {
        tcp.close().syncUninterruptibly();
        udp.close().syncUninterruptibly();
        shutDown(group);
    }

    private static void shutDown(EventLoopGroup group) {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** Reads a question and answers it now or later; what is no question is dropped. */
    private void handle(ByteBuf packet, Consumer<Answered> reply) {
        byte[] bytes = new byte[packet.readableBytes()];
        packet.readBytes(bytes);
        Message query;
        try {
            query = new Message(bytes);
        } catch (IOException | IllegalArgumentException e) {
            formatError(bytes).ifPresent(answer -> reply.accept(new Answered(answer, answer)));
            return;
        }
        if (query.getHeader().getFlag(Flags.QR)) {
            return;
        }
        Optional<Message> answer = answerer.atOnce(query);
        if (answer.isPresent()) {
            reply.accept(new Answered(query, answer.get()));
        } else {
            Thread.ofVirtual().start(() -> reply.accept(new Answered(query, answerer.forwarded(query))));
        }
    }

    /** A header whose question cannot be read is told so; anything shorter is dropped. */
    private static Optional<Message> formatError(byte[] bytes) {
        try {
            Header header = new Header(bytes);
            if (header.getFlag(Flags.QR)) {
                return Optional.empty();
            }
            Message answer = new Message(header.getID());
            answer.getHeader().setFlag(Flags.QR);
            answer.getHeader().setRcode(Rcode.FORMERR);
            return Optional.of(answer);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private record Answered(Message query, Message answer) {

        byte[] forUdp() {
            OPTRecord edns = query.getOPT();
            int size = edns == null ? PLAIN_UDP : Math.clamp(edns.getPayloadSize(), PLAIN_UDP, LARGEST_UDP);
            return answer.toWire(size);
        }

        byte[] forTcp() {
            return answer.toWire(LARGEST);
        }
    }

    private final class UdpHandler extends SimpleChannelInboundHandler<DatagramPacket> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            InetSocketAddress sender = packet.sender();
            handle(
                    packet.content(),
                    answered -> context.writeAndFlush(
                            new DatagramPacket(Unpooled.wrappedBuffer(answered.forUdp()), sender),
                            context.voidPromise()));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // A datagram that could not be sent (the asker is gone) concerns no other asker.
            context.flush();
        }
    }

    private final class TcpInitializer extends ChannelInitializer<Channel> {

        @Override
        protected void initChannel(Channel channel) {
            if (!connections.tryAcquire()) {
                channel.close();
                return;
            }
            channel.closeFuture().addListener(_ -> connections.release());
            channel.pipeline()
                    .addLast(new ReadTimeoutHandler(IDLE_SECONDS))
                    .addLast(new LengthFieldBasedFrameDecoder(LARGEST + 2, 0, 2, 0, 2))
                    .addLast(new LengthFieldPrepender(2))
                    .addLast(new TcpHandler());
        }
    }

    private final class TcpHandler extends SimpleChannelInboundHandler<ByteBuf> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf packet) {
            handle(packet, answered -> context.writeAndFlush(Unpooled.wrappedBuffer(answered.forTcp())));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
