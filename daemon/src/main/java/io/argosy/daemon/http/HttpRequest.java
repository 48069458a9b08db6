package io.argosy.daemon.http;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * What was asked, without the body.
 *
 * @param path as it came, still percent-encoded, without the query
 * @param query as it came, without the question mark; empty when there is none
 * @param protocol {@code HTTP/1.1} or {@code HTTP/2.0}
 * @param peerCertificates the client's certificate and its chain, not verified; empty without TLS or certificate
 * @param receivedAt when the head was complete
 */
public record HttpRequest(
        String method,
        String path,
        String query,
        HttpHeaders headers,
        String protocol,
        InetSocketAddress remote,
        InetSocketAddress local,
        boolean secure,
        List<X509Certificate> peerCertificates,
        Instant receivedAt) {

    public HttpRequest {
        peerCertificates = List.copyOf(peerCertificates);
    }

    /** Path and query as they came. */
    public String target() {
        return query.isEmpty() ? path : path + "?" + query;
    }
}
