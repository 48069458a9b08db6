package io.argosy.daemon.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection that takes too long to ask. On the event loop.
 *
 * <pre>
 * connecting (head time) --first head--> busy (no limit) --last answer--> idle (idle time)
 * idle --first byte, HTTP/1.1--> connecting        idle --head--> busy
 * </pre>
 */
final class ConnectionClock extends ChannelDuplexHandler {

    private final HttpLimits limits;
    private int requests;
    private boolean idle;
    private boolean multiplexed;
    private @Nullable Future<?> timer;
    private @Nullable ChannelHandlerContext context;

    ConnectionClock(HttpLimits limits) {
        this.limits = limits;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        arm(limits.headTime().toMillis());
    }

    @Override
    public void channelInactive(ChannelHandlerContext here) throws Exception {
        disarm();
        super.channelInactive(here);
    }

    @Override
    public void channelRead(ChannelHandlerContext here, Object message) throws Exception {
        if (idle && !multiplexed) {
            idle = false;
            arm(limits.headTime().toMillis());
        }
        super.channelRead(here, message);
    }

    /** The connection speaks HTTP/2: it may now be idle without a request. */
    void multiplexed() {
        multiplexed = true;
        idle = true;
        arm(limits.idleTime().toMillis());
    }

    void requestBegan() {
        requests++;
        idle = false;
        disarm();
    }

    void requestEnded() {
        requests--;
        if (requests == 0) {
            idle = true;
            arm(limits.idleTime().toMillis());
        }
    }

    /** No limit any more: the connection was upgraded. */
    void disarm() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    int requests() {
        return requests;
    }

    private void arm(long millis) {
        disarm();
        ChannelHandlerContext here = context;
        if (here != null) {
            timer = here.executor().schedule(() -> expire(here), millis, TimeUnit.MILLISECONDS);
        }
    }

    private static void expire(ChannelHandlerContext here) {
        var _ = here.channel().close();
    }
}
