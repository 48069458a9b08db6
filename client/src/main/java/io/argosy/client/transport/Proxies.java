package io.argosy.client.transport;

import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.proxy.Socks5ProxyHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;

/** Ways to a server that lead through another: an HTTP proxy's CONNECT, or SOCKS 5 (RFC 1928). */
public final class Proxies {

    private Proxies() {}

    /** What is wrong with a proxy's address, with upstream's text. */
    public static Optional<String> problem(URI proxy) {
        String scheme = String.valueOf(proxy.getScheme());
        if (!scheme.equals("http") && !scheme.equals("socks5")) {
            return Optional.of("unsupported scheme \"" + scheme + "\", must be http or socks5");
        }
        return proxy.getHost() == null ? Optional.of("no host in \"" + proxy + "\"") : Optional.empty();
    }

    static ProxyHandler handler(URI proxy) {
        boolean socks = proxy.getScheme().equals("socks5");
        int port = proxy.getPort() >= 0 ? proxy.getPort() : socks ? 1080 : 80;
        // Looked up here: the server's own name is not.
        InetSocketAddress address = new InetSocketAddress(proxy.getHost(), port);
        String[] user = Optional.ofNullable(proxy.getUserInfo()).orElse("").split(":", 2);
        String password = user.length > 1 ? user[1] : "";
        if (user[0].isEmpty()) {
            return socks ? new Socks5ProxyHandler(address) : new HttpProxyHandler(address);
        }
        return socks
                ? new Socks5ProxyHandler(address, user[0], password)
                : new HttpProxyHandler(address, user[0], password);
    }
}
