package io.argosy.apiserver.registry.generic;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.cache.ObjectImage;
import io.argosy.apiserver.cache.WriteResult;
import io.argosy.apiserver.registry.Strategy;
import io.argosy.apiserver.registry.StrategyContext;
import io.argosy.apiserver.registry.WriteHook.Reservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Changes objects of a resource. A change is made to what the cache holds, and again to what the store holds when that is
 * another.
 */
final class Updating {

    private final RegistryScope scope;
    private final Creation creation;

    Updating(RegistryScope scope, Creation creation) {
        this.scope = scope;
        this.creation = creation;
    }

    /** Changes an object, or creates it where the strategy allows. */
    Stored update(WriteCall call, Change change) {
        Strategy strategy = scope.strategy(call.subresource());
        ObjectKey key = scope.key(call, call.name());
        Optional<ObjectImage> image = scope.current(key);
        boolean fresh = false;
        for (int attempt = 0; attempt < RegistryScope.CONFLICT_TRIES; attempt++) {
            if (image.isEmpty() && !fresh) {
                image = scope.cache().readFromStore(key);
                fresh = true;
            }
            if (image.isEmpty()) {
                return createByUpdate(call, strategy, change);
            }
            Attempt attempted = tryUpdate(call, strategy, change, key, image.get(), fresh);
            switch (attempted) {
                case Attempt.Done(Stored stored) -> {
                    return stored;
                }
                case Attempt.Again(Optional<ObjectImage> current) -> {
                    image = current;
                    fresh = true;
                }
            }
        }
        throw scope.modified(call.name());
    }

    private sealed interface Attempt {
        record Done(Stored stored) implements Attempt {}

        record Again(Optional<ObjectImage> current) implements Attempt {}
    }

    private Stored createByUpdate(WriteCall call, Strategy strategy, Change change) {
        if (!strategy.createsOnUpdate() && !change.creates()) {
            throw ApiException.notFound(scope.resource(), call.name());
        }
        ObjectValue object = change.apply(Optional.empty());
        Metadata.of(object).fields().remove("resourceVersion");
        return creation.createOnce(call, object);
    }

    private Attempt tryUpdate(
            WriteCall call, Strategy strategy, Change change, ObjectKey key, ObjectImage image, boolean fresh) {
        ObjectValue old = image.tree();
        Metadata oldMetadata = Metadata.of(old);
        Optional<String> uid = change.requiredUid().filter(required -> !required.equals(oldMetadata.uid()));
        if (uid.isPresent()) {
            if (!fresh) {
                return new Attempt.Again(scope.cache().readFromStore(key));
            }
            throw uidConflict(key, uid.get(), oldMetadata.uid());
        }
        ObjectValue object;
        try {
            object = change.apply(Optional.of(old.copy()));
        } catch (ApiException failed) {
            return failed(failed, key, image, fresh);
        }
        String given = Metadata.of(object).numericResourceVersion();
        boolean unconditional = given.isEmpty() || given.equals("0");
        if (unconditional && !strategy.unconditionalUpdates()) {
            throw scope.invalid(
                    call.name(),
                    List.of(FieldError.invalid(
                            FieldPath.of("metadata", "resourceVersion"), 0, "must be specified for an update")));
        }
        if (!unconditional && !given.equals(image.resourceVersion())) {
            if (!fresh) {
                return new Attempt.Again(scope.cache().readFromStore(key));
            }
            throw scope.modified(call.name());
        }
        Metadata.of(object).fields().put("resourceVersion", image.resourceVersion());
        StrategyContext context = scope.context(call, call.name());
        try {
            prepareUpdate(call, strategy, context, object, old);
        } catch (ApiException failed) {
            return failed(failed, key, image, fresh);
        }
        if (call.dryRun()) {
            return new Attempt.Done(new Stored.Tree(object, false));
        }
        Reservation reservation = scope.begin(context, object, Optional.of(old), false);
        boolean leaves = leavesByUpdate(strategy, object, old);
        WriteResult result = Settlement.of(
                reservation,
                WriteResult.Written.class::isInstance,
                () -> leaves
                        ? scope.cache().delete(key, image)
                        : scope.cache().update(key, image, object.copy(), strategy.timeToLive(object)));
        return switch (result) {
            case WriteResult.Written(ObjectImage written) -> {
                if (leaves) {
                    scope.rules().hook(scope.resource()).ifPresent(hook -> hook.deleted(context, object, false));
                    Metadata.of(object).fields().put("resourceVersion", written.resourceVersion());
                    yield new Attempt.Done(new Stored.Tree(object, false));
                }
                yield new Attempt.Done(new Stored.Image(written, false));
            }
            case WriteResult.Changed(Optional<ObjectImage> now) -> {
                if (!unconditional && change.once()) {
                    throw scope.modified(call.name());
                }
                yield new Attempt.Again(now);
            }
        };
    }

    /** A refusal counts when it is of what the store holds; of an older state the change is made again. */
    private Attempt failed(ApiException failure, ObjectKey key, ObjectImage image, boolean fresh) {
        if (!fresh) {
            Optional<ObjectImage> latest = scope.cache().readFromStore(key);
            if (latest.isEmpty() || latest.get().revision() != image.revision()) {
                return new Attempt.Again(latest);
            }
        }
        throw failure;
    }

    private void prepareUpdate(
            WriteCall call, Strategy strategy, StrategyContext context, ObjectValue object, ObjectValue old) {
        Metadata now = Metadata.of(object);
        Metadata before = Metadata.of(old);
        now.setNumber("generation", old.integer("metadata", "generation"));
        strategy.prepareForUpdate(context, object, old);
        now = Metadata.of(object);
        if (now.uid().isEmpty()) {
            now.fields().put("uid", before.uid());
        }
        now.set("creationTimestamp", old.string("metadata", "creationTimestamp"));
        if (before.deletionTimestamp().isPresent()) {
            now.set("deletionTimestamp", before.deletionTimestamp());
        }
        if (now.deletionGracePeriodSeconds().isEmpty()) {
            now.setNumber("deletionGracePeriodSeconds", before.deletionGracePeriodSeconds());
        }
        List<FieldError> errors = new ArrayList<>(
                MetadataRules.validate(object, scope.definition().namespaced(), Strategy.NameRule.PATH_SEGMENT));
        errors.addAll(MetadataRules.validateUpdate(object, old));
        errors.addAll(strategy.validateUpdate(context, object, old));
        if (!errors.isEmpty()) {
            throw scope.invalid(call.name(), errors);
        }
        strategy.warningsOnUpdate(context, object, old).forEach(call.notes()::warn);
        strategy.canonicalize(object);
        scope.validateAdmission(call, Operation.UPDATE, Optional.of(object), Optional.of(old));
    }

    /** Whether an update takes away the last thing that held an object which is being deleted. */
    private static boolean leavesByUpdate(Strategy strategy, ObjectValue object, ObjectValue old) {
        Metadata now = Metadata.of(object);
        return now.finalizers().isEmpty()
                && Metadata.of(old).deletionTimestamp().isPresent()
                && now.deletionGracePeriodSeconds().orElse(0L) == 0
                && strategy.mayVanish(object);
    }

    private ApiException uidConflict(ObjectKey key, String wanted, String found) {
        return ApiException.conflict(
                scope.resource(),
                key.name(),
                "StorageError: invalid object, Code: 4, Key: /registry/"
                        + scope.definition().storagePath() + "/" + key
                        + ", ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: "
                        + wanted
                        + ", UID in object meta: " + found);
    }
}
