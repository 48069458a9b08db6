package io.argosy.apiserver.registry.generic;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionChain;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.cache.ObjectImage;
import io.argosy.apiserver.cache.WriteResult;
import io.argosy.apiserver.registry.Strategy;
import io.argosy.apiserver.registry.StrategyContext;
import io.argosy.apiserver.request.DeleteOptions;
import java.util.Optional;

/** Deletes objects of a resource, at once or after their grace period and finalizers. */
final class Removal {

    private final RegistryScope scope;

    Removal(RegistryScope scope) {
        this.scope = scope;
    }

    /** Deletes an object, or begins to. */
    DeleteOutcome delete(WriteCall call, DeleteOptions options) {
        ObjectKey key = scope.key(call, call.name());
        Strategy strategy = scope.strategy("");
        Optional<ObjectImage> image = scope.current(key);
        boolean fresh = false;
        DeleteOptions effective = options;
        Optional<ObjectValue> marked = Optional.empty();
        for (int attempt = 0; attempt < RegistryScope.CONFLICT_TRIES; attempt++) {
            if (image.isEmpty() && !fresh) {
                image = scope.cache().readFromStore(key);
                fresh = true;
            }
            if (image.isEmpty()) {
                throw ApiException.notFound(scope.resource(), call.name());
            }
            ObjectValue old = image.get().tree();
            StrategyContext context = scope.context(call, call.name());
            Deletion deletion;
            try {
                Deletion.checkPreconditions(
                        new GroupResource(
                                scope.definition().group(),
                                scope.definition().names().kind()),
                        old,
                        effective);
                admitDelete(call, old);
                deletion = Deletion.decide(context, old.copy(), strategy, effective);
            } catch (ApiException failed) {
                if (fresh || failed.code() != 409) {
                    throw failed;
                }
                image = scope.cache().readFromStore(key);
                fresh = true;
                continue;
            }
            switch (deletion) {
                case Deletion.Pending _ -> {
                    return new DeleteOutcome(old, false);
                }
                case Deletion.Remove _ -> {
                    if (call.dryRun()) {
                        return new DeleteOutcome(old, true);
                    }
                    switch (scope.cache().delete(key, image.get())) {
                        case WriteResult.Written(ObjectImage gone) -> {
                            scope.rules().hook(scope.resource()).ifPresent(hook -> hook.deleted(context, old, false));
                            return new DeleteOutcome(gone.tree(), true);
                        }
                        case WriteResult.Changed(Optional<ObjectImage> now) -> image = now;
                    }
                }
                case Deletion.Mark(ObjectValue ending, boolean thenGone) -> {
                    if (call.dryRun()) {
                        return new DeleteOutcome(ending, thenGone);
                    }
                    switch (scope.cache().update(key, image.get(), ending.copy())) {
                        case WriteResult.Written(ObjectImage written) -> {
                            if (!thenGone) {
                                return new DeleteOutcome(written.tree(), false);
                            }
                            image = Optional.of(written);
                            marked = Optional.of(written.tree());
                        }
                        case WriteResult.Changed(Optional<ObjectImage> now) -> image = now;
                    }
                }
            }
            fresh = true;
            if (image.isEmpty() && marked.isPresent()) {
                // Who saw the mark was quicker to take it away, as the node of a pod may be.
                return new DeleteOutcome(marked.get(), true);
            }
            if (image.isEmpty()) {
                throw ApiException.notFound(scope.resource(), call.name());
            }
        }
        throw scope.modified(call.name());
    }

    private void admitDelete(WriteCall call, ObjectValue old) {
        AdmissionChain chain = scope.admission().get();
        if (!chain.plugins().isEmpty()) {
            ObjectValue seen = call.shown().apply(old.copy());
            chain.mutate(call.admission(Operation.DELETE, Optional.empty(), Optional.of(seen)));
            chain.validate(call.admission(Operation.DELETE, Optional.empty(), Optional.of(seen)));
        }
    }
}
