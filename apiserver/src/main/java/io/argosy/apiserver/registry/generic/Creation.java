package io.argosy.apiserver.registry.generic;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.time.ApiTime;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.registry.Strategy;
import io.argosy.apiserver.registry.StrategyContext;
import io.argosy.apiserver.registry.WriteHook.Reservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Stores new objects of a resource. */
final class Creation {

    /** Upstream's number of tries for a generated name that is taken. */
    private static final int NAME_TRIES = 8;

    private final RegistryScope scope;
    private final NameGenerator names;

    Creation(RegistryScope scope, NameGenerator names) {
        this.scope = scope;
        this.names = names;
    }

    /** Stores a new object. Mutating admission has seen it; the tree is used up. */
    Stored create(WriteCall call, ObjectValue object) {
        Metadata metadata = Metadata.of(object);
        boolean generates =
                metadata.name().isEmpty() && !metadata.generateName().isEmpty();
        for (int attempt = 1; ; attempt++) {
            try {
                return createOnce(call, generates && attempt < NAME_TRIES ? object.copy() : object);
            } catch (ApiException failed) {
                if (!generates || !failed.reason().equals("AlreadyExists") || attempt >= NAME_TRIES) {
                    throw failed;
                }
            }
        }
    }

    Stored createOnce(WriteCall call, ObjectValue object) {
        Strategy strategy = scope.strategy("");
        Metadata metadata = Metadata.of(object);
        if (!metadata.resourceVersion().isEmpty() && !metadata.resourceVersion().equals("0")) {
            throw new ApiException(
                    500, "", "resourceVersion should not be set on objects to be created", ApiException.Details.NONE);
        }
        if (metadata.name().isEmpty() && !metadata.generateName().isEmpty()) {
            metadata.fields().put("name", names.generate(metadata.generateName()));
        }
        StrategyContext context = scope.context(call, metadata.name());
        metadata.fields().remove("deletionTimestamp");
        metadata.fields().remove("deletionGracePeriodSeconds");
        metadata.fields().put("uid", UUID.randomUUID().toString());
        metadata.fields().put("creationTimestamp", ApiTime.format(context.now()));
        strategy.prepareForCreate(context, object);
        metadata = Metadata.of(object);
        List<FieldError> errors = new ArrayList<>(
                MetadataRules.validate(object, scope.definition().namespaced(), strategy.nameRule(context)));
        if (scope.definition().builtIn()) {
            errors.addAll(MetadataRules.unqualifiedFinalizers(object));
        }
        errors.addAll(strategy.validate(context, object));
        if (!errors.isEmpty()) {
            throw scope.invalid(metadata.name(), errors);
        }
        strategy.warningsOnCreate(context, object).forEach(call.notes()::warn);
        strategy.canonicalize(object);
        scope.validateAdmission(call, Operation.CREATE, Optional.of(object), Optional.empty());
        Reservation reservation = scope.begin(context, object, Optional.empty(), call.dryRun());
        return Settlement.of(reservation, stored -> true, () -> storeNew(call, object, strategy));
    }

    private Stored storeNew(WriteCall call, ObjectValue object, Strategy strategy) {
        ObjectKey key = scope.key(call, Metadata.of(object).name());
        if (call.dryRun()) {
            if (scope.current(key).isPresent()) {
                throw ApiException.alreadyExists(scope.resource(), key.name());
            }
            return new Stored.Tree(object, true);
        }
        try {
            return new Stored.Image(scope.cache().create(key, object, strategy.timeToLive(object)), true);
        } catch (ApiException failed) {
            throw existing(key, failed);
        }
    }

    private ApiException existing(ObjectKey key, ApiException failed) {
        if (!failed.reason().equals("AlreadyExists")) {
            return failed;
        }
        boolean leaving = scope.current(key)
                .map(image -> Metadata.of(image.tree()).deletionTimestamp().isPresent())
                .orElse(false);
        return leaving
                ? new ApiException(
                        failed.code(),
                        failed.reason(),
                        "object is being deleted: " + failed.message(),
                        failed.details())
                : failed;
    }
}
