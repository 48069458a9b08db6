package io.argosy.scheduler.config;

import java.util.List;

/**
 * Where the scheduler answers questions about itself.
 *
 * @param port 0 serves nothing
 * @param certificate and key; empty for one that it makes itself
 * @param streams of one HTTP/2 connection; 0 is the standard limit
 * @param openPaths that need no permission
 */
public record Serving(
        String address,
        int port,
        String certificate,
        String key,
        String certificateFolder,
        boolean http2,
        int streams,
        String oldestProtocol,
        List<String> cipherSuites,
        String clientCa,
        String authenticationKubeconfig,
        String authorizationKubeconfig,
        List<String> openPaths) {

    public Serving {
        cipherSuites = List.copyOf(cipherSuites);
        openPaths = List.copyOf(openPaths);
    }
}
