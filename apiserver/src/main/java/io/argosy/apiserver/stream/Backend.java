package io.argosy.apiserver.stream;

import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where a request goes on.
 *
 * @param host an address or a name
 * @param path percent-encoded
 * @param query as it is sent, without the question mark
 * @param tls for https; what to trust and to show
 * @param verified whether the backend's certificate must name {@code serverName}
 * @param serverName what the backend is called, in TLS and to itself
 */
public record Backend(
        String host,
        int port,
        String path,
        String query,
        Optional<SSLContext> tls,
        boolean verified,
        String serverName) {

    /** A backend that is called what it is dialled by. */
    public Backend(String host, int port, String path, String query, Optional<SSLContext> tls, boolean verified) {
        this(host, port, path, query, tls, verified, host);
    }

    /** The request's target. */
    String target() {
        String from = path.isEmpty() ? "/" : path;
        return query.isEmpty() ? from : from + "?" + query;
    }

    String authority() {
        return (serverName.indexOf(':') >= 0 ? "[" + serverName + "]" : serverName) + ":" + port;
    }
}
