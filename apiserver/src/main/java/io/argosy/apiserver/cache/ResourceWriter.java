package io.argosy.apiserver.cache;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.storage.StoreException;
import io.argosy.apiserver.storage.StoredValue;
import io.argosy.apiserver.storage.WriteOutcome;
import io.argosy.apiserver.storage.encryption.Transformer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Writes of one resource. Each is sent to the store once; what it answers is told to the caller. */
final class ResourceWriter {

    private final GroupResource resource;
    private final KeyPlace place;
    private final Layout layout;
    private final ResourceState state;
    private final Transformer transformer;
    private final CacheContext context;

    ResourceWriter(
            GroupResource resource,
            KeyPlace place,
            Layout layout,
            ResourceState state,
            Transformer transformer,
            CacheContext context) {
        this.resource = resource;
        this.place = place;
        this.layout = layout;
        this.state = state;
        this.transformer = transformer;
        this.context = context;
    }

    ObjectImage create(ObjectKey key, ObjectValue object, Optional<Duration> timeToLive) {
        String storeKey = place.storeKey(key);
        byte[] plain = layout.stored(object);
        WriteOutcome outcome = context.store().create(storeKey, transformer.seal(storeKey, plain), timeToLive);
        count("create", outcome);
        return switch (outcome) {
            case WriteOutcome.Written(long revision) -> remember(layout.read(key, plain, revision, object));
            case WriteOutcome.Conflict _ -> throw ApiException.alreadyExists(resource, key.name());
            case WriteOutcome.Refused(String why) -> throw CacheErrors.refused(why);
            case WriteOutcome.Unknown(String why) -> throw CacheErrors.unknownOutcome(why);
        };
    }

    WriteResult update(ObjectKey key, ObjectImage expected, ObjectValue object, Optional<Duration> timeToLive) {
        String storeKey = place.storeKey(key);
        byte[] plain = layout.stored(object);
        if (timeToLive.isEmpty() && expected.holds(layout.item(plain, expected.revision()))) {
            Optional<WriteResult> unchanged = confirm(key, expected, plain);
            if (unchanged.isPresent()) {
                return unchanged.get();
            }
        }
        WriteOutcome outcome =
                context.store().put(storeKey, expected.revision(), transformer.seal(storeKey, plain), timeToLive);
        count("update", outcome);
        return switch (outcome) {
            case WriteOutcome.Written(long revision) ->
                new WriteResult.Written(remember(layout.read(key, plain, revision, object)));
            case WriteOutcome.Conflict conflict -> changed(key, conflict.current());
            case WriteOutcome.Refused(String why) -> throw CacheErrors.refused(why);
            case WriteOutcome.Unknown(String why) -> throw CacheErrors.unknownOutcome(why);
        };
    }

    /** An update that changes nothing is not written, if what it is based on is current and stored as it should be. */
    private Optional<WriteResult> confirm(ObjectKey key, ObjectImage expected, byte[] plain) {
        Optional<StoredValue> stored = stored(key);
        if (stored.isEmpty() || stored.get().modRevision() != expected.revision()) {
            return Optional.of(changed(key, stored));
        }
        Transformer.Opened opened =
                transformer.open(stored.get().key(), stored.get().value());
        boolean asItShould = !opened.stale() && Arrays.equals(opened.plain(), plain);
        return !asItShould ? Optional.empty() : Optional.of(new WriteResult.Written(expected));
    }

    WriteResult delete(ObjectKey key, ObjectImage expected) {
        WriteOutcome outcome = context.store().delete(place.storeKey(key), expected.revision());
        count("delete", outcome);
        return switch (outcome) {
            case WriteOutcome.Written(long revision) -> new WriteResult.Written(expected.at(revision));
            case WriteOutcome.Conflict conflict -> changed(key, conflict.current());
            case WriteOutcome.Refused(String why) -> throw CacheErrors.refused(why);
            case WriteOutcome.Unknown(String why) -> throw CacheErrors.unknownOutcome(why);
        };
    }

    Optional<ObjectImage> readFromStore(ObjectKey key) {
        return stored(key).map(value -> image(key, value));
    }

    private Optional<StoredValue> stored(ObjectKey key) {
        try {
            return context.store().get(place.storeKey(key)).value();
        } catch (StoreException failed) {
            throw CacheErrors.of(failed);
        }
    }

    private WriteResult changed(ObjectKey key, Optional<StoredValue> current) {
        return new WriteResult.Changed(current.map(value -> image(key, value)));
    }

    private ObjectImage image(ObjectKey key, StoredValue value) {
        try {
            return state.read(key, value.key(), value.value(), value.modRevision());
        } catch (RuntimeException broken) {
            throw CacheErrors.unreadable(value.key(), String.valueOf(broken.getMessage()));
        }
    }

    private ObjectImage remember(ObjectImage image) {
        state.ownWrites().put(image, context.clock());
        return image;
    }

    private void count(String operation, WriteOutcome outcome) {
        String name = switch (outcome) {
            case WriteOutcome.Written _ -> "written";
            case WriteOutcome.Conflict _ -> "conflict";
            case WriteOutcome.Refused _ -> "refused";
            case WriteOutcome.Unknown _ -> "unknown";
        };
        context.metrics().written(resource, operation, name);
    }
}
