package io.argosy.daemon.http;

import io.argosy.daemon.tls.ServerTls;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where and how to serve.
 *
 * @param address port 0 takes a free one
 * @param tls empty serves cleartext, HTTP/1.1 and HTTP/2 by prior knowledge
 */
public record HttpServerConfig(InetSocketAddress address, Optional<ServerTls> tls, HttpLimits limits) {

    public static HttpServerConfig cleartext(InetSocketAddress address) {
        return new HttpServerConfig(address, Optional.empty(), HttpLimits.DEFAULT);
    }

    public static HttpServerConfig secure(InetSocketAddress address, ServerTls tls) {
        return new HttpServerConfig(address, Optional.of(tls), HttpLimits.DEFAULT);
    }
}
