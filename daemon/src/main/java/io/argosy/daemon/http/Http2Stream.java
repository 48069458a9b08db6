package io.argosy.daemon.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One request of an HTTP/2 connection. On the event loop. */
final class Http2Stream extends ChannelInboundHandlerAdapter implements Outbound {

    private final Dispatch dispatch;
    private final Connection connection;
    private final AtomicInteger working;
    private final int mostWorking;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Exchange exchange;
    private boolean headOnly;
    private boolean finished;

    /**
     * @param working how many handlers run for the connection; those of streams that were reset count too
     * @param mostWorking more are refused
     */
    Http2Stream(Dispatch dispatch, Connection connection, AtomicInteger working, int mostWorking) {
        this.dispatch = dispatch;
        this.connection = connection;
        this.working = working;
        this.mostWorking = mostWorking;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        added.channel().config().setAutoRead(false);
    }

    @Override
    public void channelActive(ChannelHandlerContext here) {
        here.read();
    }

    private ChannelHandlerContext context() {
        ChannelHandlerContext here = context;
        if (here == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return here;
    }

    @Override
    public void channelRead(ChannelHandlerContext here, Object message) {
        switch (message) {
            case Http2HeadersFrame frame -> head(here, frame);
            case Http2DataFrame frame -> data(frame);
            default -> ReferenceCountUtil.release(message);
        }
    }

    private void head(ChannelHandlerContext here, Http2HeadersFrame frame) {
        Exchange begun = exchange;
        if (begun != null) {
            if (frame.isEndStream()) {
                begun.inbound().end();
            }
            return;
        }
        connection.clock().requestBegan();
        Http2Headers fields = frame.headers();
        if (fields.method() == null || fields.path() == null || working.get() >= mostWorking) {
            finished = true;
            here.writeAndFlush(new DefaultHttp2ResetFrame(
                    fields.path() == null ? Http2Error.PROTOCOL_ERROR : Http2Error.REFUSED_STREAM));
            return;
        }
        HttpRequest request =
                connection.request(fields.method().toString(), fields.path().toString(), headers(fields), "HTTP/2.0");
        headOnly = request.method().equals("HEAD");
        Exchange started = new Exchange(request, this);
        exchange = started;
        if (frame.isEndStream()) {
            started.inbound().end();
            Optional<PreparedResponse> ready = dispatch.atOnce(request);
            if (ready.isPresent()) {
                try {
                    started.send(ready.get());
                } catch (IOException _) {
                    abort();
                }
                return;
            }
        }
        working.incrementAndGet();
        dispatch.start(started, working::decrementAndGet);
    }

    private static HttpHeaders headers(Http2Headers fields) {
        HttpHeaders headers = new HttpHeaders();
        CharSequence authority = fields.authority();
        if (authority != null) {
            headers.add("host", authority.toString());
        }
        fields.forEach(field -> {
            String name = field.getKey().toString();
            if (!name.startsWith(":")) {
                headers.add(name, field.getValue().toString());
            }
        });
        return headers;
    }

    private void data(Http2DataFrame frame) {
        Exchange begun = exchange;
        if (begun == null) {
            frame.release();
            return;
        }
        begun.inbound().offer(frame.content());
        if (frame.isEndStream()) {
            begun.inbound().end();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext here) {
        Exchange begun = exchange;
        if (begun == null) {
            here.read();
        } else {
            begun.inbound().readDone();
        }
    }

    @Override
    public EventLoop loop() {
        return context().channel().eventLoop();
    }

    @Override
    public ChannelFuture head(int status, HttpHeaders headers, long length, boolean last) {
        Http2Headers fields = new DefaultHttp2Headers(false);
        fields.status(Integer.toString(status));
        headers.forEach((name, value) -> fields.add(name.toLowerCase(Locale.ROOT), value));
        if (!headers.has("Date")) {
            fields.set("date", HttpDate.now());
        }
        if (length >= 0 && status != 204 && status != 304) {
            fields.set("content-length", Long.toString(length));
        }
        return context().write(new DefaultHttp2HeadersFrame(fields, last || headOnly));
    }

    @Override
    public ChannelFuture data(ByteBuf bytes, boolean last) {
        if (headOnly) {
            bytes.release();
            return context().newSucceededFuture();
        }
        return context().write(new DefaultHttp2DataFrame(bytes, last));
    }

    @Override
    public void flush() {
        context().flush();
    }

    @Override
    public void abort() {
        if (!finished) {
            finished = true;
            context().writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
        }
    }

    @Override
    public void readMore() {
        context().read();
    }

    @Override
    public void finished() {
        finished = true;
        Exchange done = exchange;
        if (done == null) {
            return;
        }
        if (!done.inbound().ended()) {
            context().writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
        }
        done.inbound().discard();
        if (done.closesConnection()) {
            context().channel().parent().writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext here, Object event) {
        if (event instanceof Http2ResetFrame) {
            gone("the client reset the stream");
        }
        ReferenceCountUtil.release(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext here) {
        connection.clock().requestEnded();
        gone("the stream was closed");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext here, Throwable cause) {
        gone(String.valueOf(cause.getMessage()));
        abort();
    }

    private void gone(String why) {
        Exchange begun = exchange;
        if (begun != null) {
            if (!finished) {
                begun.broken(why);
            }
            begun.inbound().discard();
        }
    }
}
