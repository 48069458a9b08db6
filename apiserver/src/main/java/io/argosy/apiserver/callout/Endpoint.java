package io.argosy.apiserver.callout;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * What a target comes to: whom to ask for what, whichever address answers.
 *
 * @param tls false for plain HTTP
 * @param host for the Host header and the certificate
 * @param path with its query, if any
 */
record Endpoint(boolean tls, String host, int port, String path) {

    static Endpoint of(CallTarget target) throws CalloutException {
        if (target.service().isPresent()) {
            CallTarget.ServiceTarget service = target.service().get();
            return new Endpoint(true, service.serverName(), service.port(), rooted(service.path()));
        }
        if (target.url().isEmpty()) {
            throw new CalloutException("webhook configuration must have either service or URL");
        }
        try {
            URI uri = new URI(target.url());
            boolean tls = !"http".equals(uri.getScheme());
            String host = uri.getHost() == null ? "" : uri.getHost();
            String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
            return new Endpoint(tls, bare, port, rooted(uri.getRawPath() == null ? "" : uri.getRawPath()));
        } catch (URISyntaxException e) {
            throw new CalloutException("Unparsable URL: " + e.getMessage());
        }
    }

    private static String rooted(String path) {
        return path.startsWith("/") ? path : "/" + path;
    }

    String authority() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** As messages name it; the timeout is told to the webhook too. */
    String url(long timeoutSeconds) {
        return (tls ? "https://" : "http://") + authority() + pathWithTimeout(timeoutSeconds);
    }

    String pathWithTimeout(long timeoutSeconds) {
        return path + "?timeout=" + timeoutSeconds + "s";
    }
}
