package io.argosy.daemon.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection: one request after another. Reads of the connection are asked for one by one: of the body as
 * the handler reads it, and one while the handler works, so that a client that goes away is seen. On the event loop.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter {

    /** What is read of a body that nobody wanted, before the connection is closed instead. */
    private static final int UNWANTED_BYTES = 256 << 10;

    private final Dispatch dispatch;
    private final Connection connection;
    private final Http1Encoder encoder;
    private final ArrayDeque<Object> ahead = new ArrayDeque<>();
    private @Nullable Http1Exchange current;
    private boolean bodyDone = true;
    private boolean answerDone = true;
    private boolean keepAlive = true;
    private boolean draining;
    private int unwanted;

    Http1Connection(Dispatch dispatch, Connection connection, Http1Encoder encoder) {
        this.dispatch = dispatch;
        this.connection = connection;
        this.encoder = encoder;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(false);
        context.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!ahead.isEmpty() || (bodyDone && !answerDone)) {
            ahead.add(message);
            return;
        }
        take(context, message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        Http1Exchange exchange = current;
        if (exchange != null && !bodyDone) {
            exchange.inbound().readDone();
        }
        if (answerDone && (!bodyDone || current == null)) {
            context.read();
        }
    }

    private void take(ChannelHandlerContext context, Object message) {
        if (message instanceof io.netty.handler.codec.http.HttpRequest head) {
            begin(context, head);
        }
        if (message instanceof HttpContent content) {
            continueBody(context, content);
        }
    }

    private void begin(ChannelHandlerContext context, io.netty.handler.codec.http.HttpRequest head) {
        connection.clock().requestBegan();
        keepAlive = HttpUtil.isKeepAlive(head);
        bodyDone = false;
        answerDone = false;
        unwanted = 0;
        HttpHeaders headers = new HttpHeaders();
        head.headers().forEach(entry -> headers.add(entry.getKey(), entry.getValue()));
        HttpRequest request = connection.request(
                head.method().name(),
                head.uri(),
                headers,
                head.protocolVersion().text());
        boolean http10 = head.protocolVersion().minorVersion() == 0;
        Http1Exchange exchange = new Http1Exchange(request, new Http1Outbound(context, this, encoder, request, http10));
        current = exchange;
        Optional<PreparedResponse> refusal = Http1Head.refusal(head);
        if (refusal.isPresent()) {
            keepAlive = false;
            exchange.inbound().end();
            bodyDone = true;
            answer(exchange, refusal.get());
            return;
        }
        if (!HttpUtil.isTransferEncodingChunked(head) && HttpUtil.getContentLength(head, 0L) == 0) {
            Optional<PreparedResponse> ready = dispatch.atOnce(request);
            if (ready.isPresent()) {
                answer(exchange, ready.get());
                return;
            }
        }
        dispatch.start(exchange, () -> {});
    }

    private static void answer(Exchange exchange, PreparedResponse response) {
        try {
            exchange.send(response);
        } catch (java.io.IOException _) {
            exchange.abort();
        }
    }

    private void continueBody(ChannelHandlerContext context, HttpContent content) {
        Http1Exchange exchange = current;
        if (exchange == null || bodyDone) {
            content.release();
            return;
        }
        if (content.decoderResult().isFailure()) {
            malformedBody(context, exchange);
            content.release();
            return;
        }
        if (answerDone) {
            unwanted += content.content().readableBytes();
            if (unwanted > UNWANTED_BYTES) {
                content.release();
                context.close();
                return;
            }
        }
        boolean last = content instanceof LastHttpContent;
        exchange.inbound().offer(content.content());
        if (last) {
            bodyDone = true;
            exchange.inbound().end();
            if (answerDone) {
                next(context);
            } else if (!exchange.wantsUpgrade()) {
                context.read();
            }
        }
    }

    /** What comes after a body whose framing is broken cannot be told from it: the connection ends with the answer. */
    private void malformedBody(ChannelHandlerContext context, Http1Exchange exchange) {
        keepAlive = false;
        bodyDone = true;
        exchange.inbound().fail(new MalformedBodyException("invalid byte in chunk length"));
        if (answerDone) {
            context.close();
        }
    }

    /** The answer to the current request is written, or broken off. */
    void answered(ChannelHandlerContext context) {
        if (answerDone) {
            return;
        }
        answerDone = true;
        Http1Exchange exchange = current;
        if (exchange != null) {
            exchange.inbound().discard();
            if (exchange.closesConnection()) {
                keepAlive = false;
            }
        }
        if (!keepAlive || draining) {
            context.close();
        } else if (bodyDone) {
            next(context);
        } else {
            context.read();
        }
    }

    private void next(ChannelHandlerContext context) {
        current = null;
        connection.clock().requestEnded();
        boolean more = true;
        while (more && !ahead.isEmpty()) {
            take(context, ahead.remove());
            more = !(bodyDone && !answerDone);
        }
        if (ahead.isEmpty() && current == null) {
            context.read();
        }
    }

    boolean keepsAlive() {
        Http1Exchange exchange = current;
        return keepAlive && !draining && (exchange == null || !exchange.closesConnection());
    }

    void endsWithAnswer() {
        keepAlive = false;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event == HttpServer.Drain.DRAIN) {
            draining = true;
            if (current == null) {
                context.close();
            }
        }
        super.userEventTriggered(context, event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        gone();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        gone();
        context.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        ahead.forEach(ReferenceCountUtil::release);
        ahead.clear();
    }

    private void gone() {
        Http1Exchange exchange = current;
        if (exchange != null) {
            exchange.broken("the client closed the connection");
            exchange.inbound().discard();
        }
    }
}
