package io.argosy.apiserver.authz;

/** The modes AlwaysAllow and AlwaysDeny: one answer for all. */
public enum FixedAuthorizer implements Authorizer {
    ALWAYS_ALLOW,
    ALWAYS_DENY;

    @Override
    public Decision authorize(Attributes request) {
        return this == ALWAYS_ALLOW ? new Decision.Allow("") : new Decision.NoOpinion("Everything is forbidden.");
    }
}
