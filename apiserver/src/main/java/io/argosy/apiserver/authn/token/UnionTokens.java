package io.argosy.apiserver.authn.token;

import io.argosy.apiserver.authn.Authentication;
import java.util.ArrayList;
import java.util.List;

/** Asks token authenticators in order until one knows the token. */
public final class UnionTokens implements TokenAuthenticator {

    private final List<TokenAuthenticator> authenticators;

    public UnionTokens(List<TokenAuthenticator> authenticators) {
        this.authenticators = List.copyOf(authenticators);
    }

    @Override
    public Authentication authenticate(String token, List<String> audiences) {
        List<String> reasons = new ArrayList<>();
        for (TokenAuthenticator authenticator : authenticators) {
            switch (authenticator.authenticate(token, audiences)) {
                case Authentication.Authenticated found -> {
                    return found;
                }
                case Authentication.Rejected rejected -> reasons.add(rejected.reason());
                case Authentication.NoCredentials _ -> {}
            }
        }
        return reasons.isEmpty() ? Authentication.NONE : new Authentication.Rejected(String.join(", ", reasons));
    }
}
