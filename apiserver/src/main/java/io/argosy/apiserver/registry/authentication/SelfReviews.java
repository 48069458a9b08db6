package io.argosy.apiserver.registry.authentication;

import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.authn.UserTrees;
import io.argosy.apiserver.registry.Creator;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** {@code selfsubjectreviews}: tells callers who they are. */
public final class SelfReviews implements Creator {

    private final InstantSource clock;

    public SelfReviews(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public ObjectValue create(Call call) {
        call.admit().run();
        ObjectValue review = call.body();
        review.objectOrNew("metadata")
                .put(
                        "creationTimestamp",
                        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        return review.put(
                "status",
                new ObjectValue().put("userInfo", UserTrees.write(call.request().user())));
    }
}
