package io.argosy.apiserver.authn.token;

import io.argosy.apiserver.authn.Authentication;
import java.util.List;

/** Finds whose a token is. Called by many threads at once. */
@FunctionalInterface
public interface TokenAuthenticator {

    /**
     * @param audiences of whom one must be meant by the token; empty for the server's own
     * @return NoCredentials for a token of another kind
     */
    Authentication authenticate(String token, List<String> audiences);
}
