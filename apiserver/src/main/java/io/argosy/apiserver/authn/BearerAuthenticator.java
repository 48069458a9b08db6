package io.argosy.apiserver.authn;

import io.argosy.apiserver.authn.token.TokenAuthenticator;
import io.argosy.daemon.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Bearer tokens of the Authorization header, or, for browsers, of the WebSocket protocol list. */
public final class BearerAuthenticator implements Authenticator {

    private static final String WEB_SOCKET_PREFIX = "base64url.bearer.authorization.k8s.io.";

    private final TokenAuthenticator tokens;

    public BearerAuthenticator(TokenAuthenticator tokens) {
        this.tokens = tokens;
    }

    @Override
    public Authentication authenticate(HttpRequest request) {
        Optional<String> token = headerToken(request).or(() -> webSocketToken(request));
        if (token.isEmpty()) {
            return Authentication.NONE;
        }
        Authentication answer = tokens.authenticate(token.get(), List.of());
        return answer instanceof Authentication.NoCredentials
                ? new Authentication.Rejected("invalid bearer token")
                : answer;
    }

    private static Optional<String> headerToken(HttpRequest request) {
        String header = request.headers().get("Authorization").strip();
        String[] parts = header.split(" ", 3);
        if (parts.length < 2 || !parts[0].equalsIgnoreCase("bearer")) {
            return Optional.empty();
        }
        return Optional.of(parts[1]).filter(token -> !token.isEmpty());
    }

    private static Optional<String> webSocketToken(HttpRequest request) {
        if (!request.headers().hasToken("Upgrade", "websocket")) {
            return Optional.empty();
        }
        for (String line : request.headers().all("Sec-WebSocket-Protocol")) {
            for (String protocol : line.split(",")) {
                String name = protocol.strip();
                if (name.startsWith(WEB_SOCKET_PREFIX)) {
                    return decode(name.substring(WEB_SOCKET_PREFIX.length()));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> decode(String text) {
        try {
            String token = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            return Optional.of(token).filter(found -> !found.isEmpty());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
