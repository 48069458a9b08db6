package io.argosy.apiserver.registry.authentication;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.authn.Authentication;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.authn.UserTrees;
import io.argosy.apiserver.authn.token.TokenAuthenticator;
import io.argosy.apiserver.registry.Creator;
import java.util.ArrayList;
import java.util.List;

/** {@code tokenreviews}: tells whose a token is. */
public final class TokenReviews implements Creator {

    private final TokenAuthenticator tokens;
    private final List<String> serverAudiences;

    public TokenReviews(TokenAuthenticator tokens, List<String> serverAudiences) {
        this.tokens = tokens;
        this.serverAudiences = List.copyOf(serverAudiences);
    }

    @Override
    public ObjectValue create(Call call) {
        ObjectValue review = call.body();
        String token = review.string("spec", "token").orElse("");
        if (token.isEmpty()) {
            throw ApiException.badRequest("token is required for TokenReview in authentication");
        }
        call.admit().run();
        List<String> asked = review.array("spec", "audiences")
                .map(array -> array.strings().toList())
                .filter(list -> !list.isEmpty())
                .orElse(serverAudiences);
        return review.put("status", status(tokens.authenticate(token, asked)));
    }

    private static ObjectValue status(Authentication answer) {
        return switch (answer) {
            case Authentication.Authenticated found -> {
                ObjectValue status = new ObjectValue();
                if (!found.audiences().isEmpty()) {
                    status.put("audiences", ArrayValue.ofStrings(found.audiences()));
                }
                status.put("authenticated", true);
                yield status.put("user", UserTrees.write(authenticated(found.user())));
            }
            case Authentication.Rejected rejected ->
                new ObjectValue().put("error", rejected.reason()).put("user", new ObjectValue());
            case Authentication.NoCredentials _ ->
                new ObjectValue().put("error", "invalid bearer token").put("user", new ObjectValue());
        };
    }

    private static UserInfo authenticated(UserInfo user) {
        if (user.in(UserInfo.AUTHENTICATED_GROUP)) {
            return user;
        }
        List<String> groups = new ArrayList<>(user.groups());
        groups.add(UserInfo.AUTHENTICATED_GROUP);
        return new UserInfo(user.name(), user.uid(), groups, user.extra());
    }
}
