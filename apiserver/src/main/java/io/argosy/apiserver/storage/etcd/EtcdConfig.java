package io.argosy.apiserver.storage.etcd;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where etcd is and how to talk to it.
 *
 * @param endpoints {@code http://host:port} or {@code https://host:port}, all of one scheme
 * @param caFile certificates that the members' are signed with; empty for those the JVM trusts
 * @param certFile the client's certificate, with {@code keyFile}; empty for none
 * @param callTimeout after which a call without answer has failed
 */
public record EtcdConfig(
        List<URI> endpoints,
        Optional<Path> caFile,
        Optional<Path> certFile,
        Optional<Path> keyFile,
        Duration callTimeout) {

    public static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

    public EtcdConfig {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("no etcd endpoints");
        }
        if (certFile.isPresent() != keyFile.isPresent()) {
            throw new IllegalArgumentException("an etcd client certificate needs both a certificate and a key file");
        }
        if (endpoints.stream().map(URI::getScheme).distinct().count() != 1) {
            throw new IllegalArgumentException("etcd endpoints must all be http or all be https: " + endpoints);
        }
        for (URI endpoint : endpoints) {
            if (endpoint.getHost() == null) {
                throw new IllegalArgumentException("not an etcd endpoint: " + endpoint);
            }
        }
    }

    /** Members without TLS. */
    public static EtcdConfig plain(List<URI> endpoints) {
        return new EtcdConfig(endpoints, Optional.empty(), Optional.empty(), Optional.empty(), CALL_TIMEOUT);
    }

    boolean secure() {
        return "https".equals(endpoints.getFirst().getScheme());
    }

    static int port(URI endpoint) {
        return endpoint.getPort() < 0 ? 2379 : endpoint.getPort();
    }
}
