package io.argosy.apiserver.authn;

import java.util.List;

/** What an authenticator found. */
public sealed interface Authentication {

    /** The request comes from this user; the audiences are those a token was made for, empty when it says nothing. */
    record Authenticated(UserInfo user, List<String> audiences) implements Authentication {
        public Authenticated {
            audiences = List.copyOf(audiences);
        }

        public Authenticated(UserInfo user) {
            this(user, List.of());
        }
    }

    /** The request carries nothing that this authenticator reads. */
    record NoCredentials() implements Authentication {}

    /** The request carries credentials of this authenticator's kind that are not good; the reason is only logged. */
    record Rejected(String reason) implements Authentication {}

    NoCredentials NONE = new NoCredentials();
}
