package io.argosy.client.transport;

import java.net.URI;

/**
 * Where a server is.
 *
 * @param serverName the name that its certificate must have
 */
public record Endpoint(boolean tls, String host, int port, String serverName, String pathPrefix) {

    /** @param serverName empty for the URI's host */
    public static Endpoint of(URI server, String serverName) {
        boolean tls = !"http".equals(server.getScheme());
        String host = server.getHost();
        if (host == null) {
            throw new IllegalArgumentException("no host in server URL: " + server);
        }
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        int port = server.getPort() >= 0 ? server.getPort() : tls ? 443 : 80;
        String path = server.getPath() == null ? "" : server.getPath();
        String prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return new Endpoint(tls, bare, port, serverName.isEmpty() ? bare : serverName, prefix);
    }

    public String authority() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
