package io.argosy.client.transport;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a request says of its caller beyond the client certificate. Thread-safe; may block. */
@FunctionalInterface
public interface Credentials {

    /** The value of the {@code Authorization} header; never log it. */
    Optional<String> authorization() throws IOException;

    /** Whom to act as: headers by name in lower case, empty for nobody else. */
    default Map<String, List<String>> impersonation() {
        return Map.of();
    }

    /** The server answered 401: whatever is remembered may be stale. */
    default void rejected() {}

    static Credentials none() {
        return Optional::empty;
    }

    static Credentials bearer(String token) {
        return () -> Optional.of("Bearer " + token);
    }
}
