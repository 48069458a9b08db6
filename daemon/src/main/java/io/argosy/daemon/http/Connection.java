package io.argosy.daemon.http;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What all requests of one connection share. */
record Connection(
        InetSocketAddress remote,
        InetSocketAddress local,
        boolean secure,
        List<X509Certificate> peerCertificates,
        ConnectionClock clock,
        InstantSource time) {

    static Connection of(Channel channel, ConnectionClock clock, InstantSource time) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        return new Connection(
                (InetSocketAddress) channel.remoteAddress(),
                (InetSocketAddress) channel.localAddress(),
                tls != null,
                tls == null ? List.of() : peerCertificates(tls),
                clock,
                time);
    }

    private static List<X509Certificate> peerCertificates(SslHandler tls) {
        try {
            List<X509Certificate> certificates = new ArrayList<>();
            for (Certificate certificate : tls.engine().getSession().getPeerCertificates()) {
                if (certificate instanceof X509Certificate x509) {
                    certificates.add(x509);
                }
            }
            return certificates;
        } catch (SSLPeerUnverifiedException _) {
            return List.of();
        }
    }

    /** @param target path and query as they came; the scheme and host of an absolute one are dropped */
    HttpRequest request(String method, String target, HttpHeaders headers, String protocol) {
        String origin = target;
        int scheme = target.startsWith("/") ? -1 : target.indexOf("://");
        if (scheme >= 0) {
            int slash = target.indexOf('/', scheme + 3);
            origin = slash < 0 ? "/" : target.substring(slash);
        }
        int question = origin.indexOf('?');
        return new HttpRequest(
                method,
                question < 0 ? origin : origin.substring(0, question),
                question < 0 ? "" : origin.substring(question + 1),
                headers,
                protocol,
                remote,
                local,
                secure,
                peerCertificates,
                time.instant());
    }
}
