package io.argosy.apiserver.admission.webhook;

import io.argosy.apiserver.admission.AdmissionPlugin;
import io.argosy.apiserver.admission.ObjectVersions;
import io.argosy.apiserver.authz.Authorizer;
import io.argosy.apiserver.callout.WebhookCaller;
import io.argosy.apiserver.objects.ClusterObjects;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/** The two plugins and what they share. */
public final class AdmissionWebhooks {

    private final ClusterObjects objects;
    private final MutatingWebhooks mutating;
    private final ValidatingWebhooks validating;

    public AdmissionWebhooks(
            ClusterObjects objects,
            ObjectVersions versions,
            Authorizer authorizer,
            WebhookCaller caller,
            Supplier<UUID> ids,
            ThreadFactory threads) {
        this.objects = objects;
        Dispatch dispatch = new Dispatch(objects, versions, authorizer, caller, ids);
        this.mutating = new MutatingWebhooks(dispatch);
        this.validating = new ValidatingWebhooks(dispatch, threads);
    }

    public AdmissionPlugin mutating() {
        return mutating;
    }

    public AdmissionPlugin validating() {
        return validating;
    }

    /** Begins to follow the configurations, once objects can be read. */
    public List<AutoCloseable> follow() {
        return List.of(mutating.follow(objects), validating.follow(objects));
    }
}
