package io.argosy.controllermanager.bootstrap;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.informer.Informer;
import io.argosy.client.request.DeleteOptions;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Deletes bootstrap tokens when they expire. */
public final class TokenCleaner implements Controller {

    private final ControllerContext context;
    private final Informer<Secret> secrets;
    private final ReconcileLoop<ObjectKey> loop;

    public TokenCleaner(ControllerContext context) {
        this.context = context;
        secrets = context.informers().informer(Secret.class, BootstrapTokens.SCOPE);
        loop = context.loop("token_cleaner", 1, this::reconcile);
        secrets.addHandler(ReconcileLoop.keys(loop));
    }

    private Outcome reconcile(ObjectKey key) {
        Optional<Secret> found = secrets.get(key);
        if (found.isEmpty()) {
            return Outcome.DONE;
        }
        Optional<Duration> left = left(found.get(), context.clock().instant());
        if (left.isEmpty()) {
            return Outcome.DONE;
        }
        if (left.get().isPositive()) {
            return Outcome.later(left.get());
        }
        try {
            context.client()
                    .resource(Secret.class)
                    .delete(
                            key,
                            DeleteOptions.ofUid(found.get().getMetadata().getUid())
                                    .withResourceVersion(
                                            found.get().getMetadata().getResourceVersion()));
        } catch (ApiException e) {
            if (!e.is(404)) {
                throw e;
            }
        }
        return Outcome.DONE;
    }

    /** How long a token is valid; empty for ever. One whose time cannot be read has expired. */
    static Optional<Duration> left(Secret secret, Instant now) {
        String text = BootstrapTokens.data(secret, "expiration");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Duration.between(now, java.time.OffsetDateTime.parse(text).toInstant()));
        } catch (DateTimeParseException e) {
            return Optional.of(Duration.ZERO);
        }
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }
}
