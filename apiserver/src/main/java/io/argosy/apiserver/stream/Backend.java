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
 * @param verified whether the backend's certificate must name {@code host}
 */
public record Backend(String host, int port, String path, String query, Optional<SSLContext> tls, boolean verified) {

    /** The request's target. */
    String target() {
        String from = path.isEmpty() ? "/" : path;
        return query.isEmpty() ? from : from + "?" + query;
    }

    String authority() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
