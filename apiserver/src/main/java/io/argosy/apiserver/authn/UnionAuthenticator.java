package io.argosy.apiserver.authn;

import io.argosy.daemon.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks authenticators in order until one knows the user. Credentials that one rejects may still please a later one; a
 * request whose credentials all were rejected is never anonymous.
 */
public final class UnionAuthenticator implements Authenticator {

    private final List<Authenticator> authenticators;
    private final boolean anonymous;

    /** @param anonymous whether a request without credentials is let in as {@code system:anonymous} */
    public UnionAuthenticator(List<Authenticator> authenticators, boolean anonymous) {
        this.authenticators = List.copyOf(authenticators);
        this.anonymous = anonymous;
    }

    @Override
    public Authentication authenticate(HttpRequest request) {
        List<String> reasons = new ArrayList<>();
        for (Authenticator authenticator : authenticators) {
            switch (authenticator.authenticate(request)) {
                case Authentication.Authenticated found -> {
                    return new Authentication.Authenticated(withAuthenticatedGroup(found.user()), found.audiences());
                }
                case Authentication.Rejected rejected -> reasons.add(rejected.reason());
                case Authentication.NoCredentials _ -> {}
            }
        }
        if (!reasons.isEmpty()) {
            return new Authentication.Rejected(String.join(", ", reasons));
        }
        if (!anonymous) {
            return Authentication.NONE;
        }
        return new Authentication.Authenticated(UserInfo.of(UserInfo.ANONYMOUS, UserInfo.UNAUTHENTICATED_GROUP));
    }

    static UserInfo withAuthenticatedGroup(UserInfo user) {
        if (user.name().equals(UserInfo.ANONYMOUS)
                || user.in(UserInfo.AUTHENTICATED_GROUP)
                || user.in(UserInfo.UNAUTHENTICATED_GROUP)) {
            return user;
        }
        List<String> groups = new ArrayList<>(user.groups());
        groups.add(UserInfo.AUTHENTICATED_GROUP);
        return new UserInfo(user.name(), user.uid(), groups, user.extra());
    }
}
