package io.argosy.daemon.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/** A connection that has left HTTP. */
final class RawChannel extends ChannelInboundHandlerAdapter implements RawConnection {

    private final Channel channel;
    private final InboundBytes input;
    private final OutboundWindow window = new OutboundWindow();
    private final OutputStream output = new Output();

    RawChannel(Channel channel) {
        this.channel = channel;
        this.input = new InboundBytes(() -> channel.eventLoop().execute(channel::read));
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            input.offer(bytes);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        input.readDone();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        input.end();
        window.breakOff();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        input.fail(new IOException("the connection broke", cause));
        context.close();
    }

    private final class Output extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return;
            }
            window.take(length);
            ByteBuf copy = Unpooled.wrappedBuffer(Arrays.copyOfRange(bytes, offset, offset + length));
            channel.writeAndFlush(copy).addListener(written -> {
                window.done(length);
                if (!written.isSuccess()) {
                    window.breakOff();
                }
            });
        }

        @Override
        public void close() throws IOException {
            window.drain();
        }
    }
}
