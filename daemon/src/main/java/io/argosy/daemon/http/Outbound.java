package io.argosy.daemon.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;

/** The writing half of one exchange in the terms of a protocol. All methods but {@link #loop} run on the event loop. */
interface Outbound {

    EventLoop loop();

    /** Writes the head. A negative length is one that is not known. */
    ChannelFuture head(int status, HttpHeaders headers, long length, boolean last);

    ChannelFuture data(ByteBuf bytes, boolean last);

    void flush();

    /** Breaks the exchange off. */
    void abort();

    /** Asks for one more read of the request's body. */
    void readMore();

    /** The answer is complete, or broken off. */
    void finished();
}
