package io.argosy.apiserver.authz;

import java.util.ArrayList;
import java.util.List;

/** Asks authorizers in order until one allows or denies. */
public final class UnionAuthorizer implements Authorizer {

    private final List<Authorizer> authorizers;

    public UnionAuthorizer(List<Authorizer> authorizers) {
        this.authorizers = List.copyOf(authorizers);
    }

    @Override
    public Decision authorize(Attributes request) {
        List<String> reasons = new ArrayList<>();
        for (Authorizer authorizer : authorizers) {
            Decision decision = authorizer.authorize(request);
            if (!(decision instanceof Decision.NoOpinion silent)) {
                return decision;
            }
            if (!silent.reason().isEmpty()) {
                reasons.add(silent.reason());
            }
        }
        return new Decision.NoOpinion(String.join("\n", reasons));
    }
}
