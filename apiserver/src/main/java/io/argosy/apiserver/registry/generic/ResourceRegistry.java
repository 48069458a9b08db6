package io.argosy.apiserver.registry.generic;

import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.time.ApiTime;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionChain;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.cache.ObjectImage;
import io.argosy.apiserver.cache.ReadVersion;
import io.argosy.apiserver.cache.ResourceCache;
import io.argosy.apiserver.cache.WriteResult;
import io.argosy.apiserver.registry.ResourceRules;
import io.argosy.apiserver.registry.Strategy;
import io.argosy.apiserver.registry.StrategyContext;
import io.argosy.apiserver.registry.WriteHook;
import io.argosy.apiserver.registry.WriteHook.Reservation;
import io.argosy.apiserver.request.DeleteOptions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The writes of one resource, all in the stored version. Thread-safe.
 *
 * <p>A write compares on the revision of what the cache holds, and reads the store only after a conflict.
 */
public final class ResourceRegistry {

    /** Upstream's number of tries for a generated name that is taken. */
    private static final int NAME_TRIES = 8;

    /** After so many conflicts in a row something is wrong; far more than writers can collide. */
    private static final int CONFLICT_TRIES = 100;

    private static final String MODIFIED =
            "the object has been modified; please apply your changes to the latest version and try again";

    private final ResourceCache cache;
    private final ResourceRules rules;
    private final Supplier<AdmissionChain> admission;
    private final InstantSource clock;
    private final NameGenerator names;
    private final ResourceDefinition definition;

    public ResourceRegistry(
            ResourceCache cache,
            ResourceRules rules,
            Supplier<AdmissionChain> admission,
            InstantSource clock,
            RandomGenerator random) {
        this.cache = cache;
        this.rules = rules;
        this.admission = admission;
        this.clock = clock;
        this.names = new NameGenerator(random);
        this.definition = cache.definition();
    }

    public ResourceCache cache() {
        return cache;
    }

    public ResourceDefinition definition() {
        return definition;
    }

    private GroupResource resource() {
        return definition.groupResource();
    }

    /** The strategy of the resource or of one of its subresources. */
    public Strategy strategy(String subresource) {
        String part = subresource.equals("scale") ? "" : subresource;
        return rules.strategy(resource(), part).orElseGet(() -> DefaultStrategy.of(definition, part));
    }

    private StrategyContext context(WriteCall call, String name) {
        return new StrategyContext(
                call.resource(), call.namespace(), name, call.subresource(), call.user(), clock.instant());
    }

    private ObjectKey key(WriteCall call, String name) {
        return new ObjectKey(definition.namespaced() ? call.namespace() : "", name);
    }

    /** Stores a new object. Mutating admission has seen it; the tree is used up. */
    public Stored create(WriteCall call, ObjectValue object) {
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

    private Stored createOnce(WriteCall call, ObjectValue object) {
        Strategy strategy = strategy("");
        Metadata metadata = Metadata.of(object);
        if (!metadata.resourceVersion().isEmpty() && !metadata.resourceVersion().equals("0")) {
            throw new ApiException(
                    500, "", "resourceVersion should not be set on objects to be created", ApiException.Details.NONE);
        }
        if (metadata.name().isEmpty() && !metadata.generateName().isEmpty()) {
            metadata.fields().put("name", names.generate(metadata.generateName()));
        }
        StrategyContext context = context(call, metadata.name());
        metadata.fields().remove("deletionTimestamp");
        metadata.fields().remove("deletionGracePeriodSeconds");
        metadata.fields().put("uid", UUID.randomUUID().toString());
        metadata.fields().put("creationTimestamp", ApiTime.format(context.now()));
        strategy.prepareForCreate(context, object);
        metadata = Metadata.of(object);
        List<FieldError> errors =
                new ArrayList<>(MetadataRules.validate(object, definition.namespaced(), strategy.nameRule(context)));
        if (definition.builtIn()) {
            errors.addAll(MetadataRules.unqualifiedFinalizers(object));
        }
        errors.addAll(strategy.validate(context, object));
        if (!errors.isEmpty()) {
            throw ApiException.invalid(definition.group(), definition.names().kind(), metadata.name(), errors);
        }
        strategy.warningsOnCreate(context, object).forEach(call.notes()::warn);
        strategy.canonicalize(object);
        validateAdmission(call, Operation.CREATE, Optional.of(object), Optional.empty());
        Reservation reservation = begin(context, object, Optional.empty(), call.dryRun());
        return settle(reservation, () -> storeNew(call, object, strategy));
    }

    private Reservation begin(StrategyContext context, ObjectValue object, Optional<ObjectValue> old, boolean dryRun) {
        Optional<WriteHook> hook = rules.hook(resource());
        return hook.isEmpty() ? Reservation.NONE : hook.get().begin(context, object, old, dryRun);
    }

    private static <T> T settle(Reservation reservation, Supplier<T> write) {
        boolean done = false;
        try {
            T result = write.get();
            done = true;
            return result;
        } finally {
            if (done) {
                reservation.commit();
            } else {
                reservation.release();
            }
        }
    }

    private Stored storeNew(WriteCall call, ObjectValue object, Strategy strategy) {
        ObjectKey key = key(call, Metadata.of(object).name());
        if (call.dryRun()) {
            if (current(key).isPresent()) {
                throw ApiException.alreadyExists(resource(), key.name());
            }
            return new Stored.Tree(object, true);
        }
        try {
            return new Stored.Image(cache.create(key, object, strategy.timeToLive(object)), true);
        } catch (ApiException failed) {
            throw existing(key, failed);
        }
    }

    private ApiException existing(ObjectKey key, ApiException failed) {
        if (!failed.reason().equals("AlreadyExists")) {
            return failed;
        }
        boolean leaving = current(key)
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

    private void validateAdmission(
            WriteCall call, Operation operation, Optional<ObjectValue> object, Optional<ObjectValue> old) {
        AdmissionChain chain = admission.get();
        if (!chain.plugins().isEmpty()) {
            chain.validate(call.admission(operation, object.map(call.shown()), old.map(call.shown())));
        }
    }

    private Optional<ObjectImage> current(ObjectKey key) {
        try {
            return cache.get(key, ReadVersion.ANY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.timeout("request did not complete within the allotted timeout", 0);
        }
    }

    /** Changes an object, or creates it where the strategy allows. */
    public Stored update(WriteCall call, Change change) {
        Strategy strategy = strategy(call.subresource());
        ObjectKey key = key(call, call.name());
        Optional<ObjectImage> image = current(key);
        boolean fresh = false;
        for (int attempt = 0; attempt < CONFLICT_TRIES; attempt++) {
            if (image.isEmpty() && !fresh) {
                image = cache.readFromStore(key);
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
        throw ApiException.conflict(resource(), call.name(), MODIFIED);
    }

    private sealed interface Attempt {
        record Done(Stored stored) implements Attempt {}

        record Again(Optional<ObjectImage> current) implements Attempt {}
    }

    private Stored createByUpdate(WriteCall call, Strategy strategy, Change change) {
        if (!strategy.createsOnUpdate() && !change.creates()) {
            throw ApiException.notFound(resource(), call.name());
        }
        ObjectValue object = change.apply(Optional.empty());
        Metadata.of(object).fields().remove("resourceVersion");
        return createOnce(call, object);
    }

    private Attempt tryUpdate(
            WriteCall call, Strategy strategy, Change change, ObjectKey key, ObjectImage image, boolean fresh) {
        ObjectValue old = image.tree();
        Metadata oldMetadata = Metadata.of(old);
        Optional<String> uid = change.requiredUid().filter(required -> !required.equals(oldMetadata.uid()));
        if (uid.isPresent()) {
            if (!fresh) {
                return new Attempt.Again(cache.readFromStore(key));
            }
            throw uidConflict(key, uid.get(), oldMetadata.uid());
        }
        ObjectValue object;
        try {
            object = change.apply(Optional.of(old.copy()));
        } catch (ApiException failed) {
            if (!fresh) {
                Optional<ObjectImage> latest = cache.readFromStore(key);
                if (latest.isEmpty() || latest.get().revision() != image.revision()) {
                    return new Attempt.Again(latest);
                }
            }
            throw failed;
        }
        String given = Metadata.of(object).numericResourceVersion();
        boolean unconditional = given.isEmpty() || given.equals("0");
        if (unconditional && !strategy.unconditionalUpdates()) {
            throw ApiException.invalid(
                    definition.group(),
                    definition.names().kind(),
                    call.name(),
                    List.of(FieldError.invalid(
                            io.argosy.apimodel.status.FieldPath.of("metadata", "resourceVersion"),
                            0,
                            "must be specified for an update")));
        }
        if (!unconditional && !given.equals(image.resourceVersion())) {
            if (!fresh) {
                return new Attempt.Again(cache.readFromStore(key));
            }
            throw ApiException.conflict(resource(), call.name(), MODIFIED);
        }
        Metadata.of(object).fields().put("resourceVersion", image.resourceVersion());
        StrategyContext context = context(call, call.name());
        try {
            prepareUpdate(call, strategy, context, object, old);
        } catch (ApiException failed) {
            if (!fresh) {
                Optional<ObjectImage> latest = cache.readFromStore(key);
                if (latest.isEmpty() || latest.get().revision() != image.revision()) {
                    return new Attempt.Again(latest);
                }
            }
            throw failed;
        }
        if (call.dryRun()) {
            return new Attempt.Done(new Stored.Tree(object, false));
        }
        Reservation reservation = begin(context, object, Optional.of(old), false);
        boolean leaves = leavesByUpdate(strategy, object, old);
        WriteResult result = settleResult(
                reservation,
                () -> leaves
                        ? cache.delete(key, image)
                        : cache.update(key, image, object.copy(), strategy.timeToLive(object)));
        return switch (result) {
            case WriteResult.Written(ObjectImage written) -> {
                if (leaves) {
                    rules.hook(resource()).ifPresent(hook -> hook.deleted(context, object, false));
                    Metadata.of(object).fields().put("resourceVersion", written.resourceVersion());
                    yield new Attempt.Done(new Stored.Tree(object, false));
                }
                yield new Attempt.Done(new Stored.Image(written, false));
            }
            case WriteResult.Changed(Optional<ObjectImage> now) -> {
                if (!unconditional && change.once()) {
                    throw ApiException.conflict(resource(), call.name(), MODIFIED);
                }
                yield new Attempt.Again(now);
            }
        };
    }

    private static WriteResult settleResult(Reservation reservation, Supplier<WriteResult> write) {
        boolean done = false;
        try {
            WriteResult result = write.get();
            done = result instanceof WriteResult.Written;
            return result;
        } finally {
            if (done) {
                reservation.commit();
            } else {
                reservation.release();
            }
        }
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
                MetadataRules.validate(object, definition.namespaced(), Strategy.NameRule.PATH_SEGMENT));
        errors.addAll(MetadataRules.validateUpdate(object, old));
        errors.addAll(strategy.validateUpdate(context, object, old));
        if (!errors.isEmpty()) {
            throw ApiException.invalid(definition.group(), definition.names().kind(), call.name(), errors);
        }
        strategy.warningsOnUpdate(context, object, old).forEach(call.notes()::warn);
        strategy.canonicalize(object);
        validateAdmission(call, Operation.UPDATE, Optional.of(object), Optional.of(old));
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
                resource(),
                key.name(),
                "StorageError: invalid object, Code: 4, Key: /registry/" + definition.storagePath() + "/" + key
                        + ", ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: "
                        + wanted
                        + ", UID in object meta: " + found);
    }

    /** Deletes an object, or begins to. */
    public DeleteOutcome delete(WriteCall call, DeleteOptions options) {
        ObjectKey key = key(call, call.name());
        Strategy strategy = strategy("");
        Optional<ObjectImage> image = current(key);
        boolean fresh = false;
        DeleteOptions effective = options;
        Optional<ObjectValue> marked = Optional.empty();
        for (int attempt = 0; attempt < CONFLICT_TRIES; attempt++) {
            if (image.isEmpty() && !fresh) {
                image = cache.readFromStore(key);
                fresh = true;
            }
            if (image.isEmpty()) {
                throw ApiException.notFound(resource(), call.name());
            }
            ObjectValue old = image.get().tree();
            StrategyContext context = context(call, call.name());
            Deletion deletion;
            try {
                Deletion.checkPreconditions(
                        new GroupResource(definition.group(), definition.names().kind()), old, effective);
                admitDelete(call, old);
                deletion = Deletion.decide(context, old.copy(), strategy, effective);
            } catch (ApiException failed) {
                if (fresh || failed.code() != 409) {
                    throw failed;
                }
                image = cache.readFromStore(key);
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
                    switch (cache.delete(key, image.get())) {
                        case WriteResult.Written(ObjectImage gone) -> {
                            rules.hook(resource()).ifPresent(hook -> hook.deleted(context, old, false));
                            return new DeleteOutcome(gone.tree(), true);
                        }
                        case WriteResult.Changed(Optional<ObjectImage> now) -> image = now;
                    }
                }
                case Deletion.Mark(ObjectValue ending, boolean thenGone) -> {
                    if (call.dryRun()) {
                        return new DeleteOutcome(ending, thenGone);
                    }
                    switch (cache.update(key, image.get(), ending.copy())) {
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
                throw ApiException.notFound(resource(), call.name());
            }
        }
        throw ApiException.conflict(resource(), call.name(), MODIFIED);
    }

    private void admitDelete(WriteCall call, ObjectValue old) {
        AdmissionChain chain = admission.get();
        if (!chain.plugins().isEmpty()) {
            ObjectValue seen = call.shown().apply(old.copy());
            chain.mutate(call.admission(Operation.DELETE, Optional.empty(), Optional.of(seen)));
            chain.validate(call.admission(Operation.DELETE, Optional.empty(), Optional.of(seen)));
        }
    }
}
