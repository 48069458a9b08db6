package io.argosy.apiserver.authz;

import io.argosy.apiserver.authn.UserInfo;

/** Lets the group {@code system:masters} do everything, whatever the modes are. */
public final class MastersAuthorizer implements Authorizer {

    @Override
    public Decision authorize(Attributes request) {
        return request.user().in(UserInfo.MASTERS_GROUP) ? new Decision.Allow("") : new Decision.NoOpinion("");
    }
}
