package io.argosy.apiserver.cache;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apiserver.storage.KeyChange;
import io.argosy.apiserver.storage.StoredValue;
import io.argosy.apiserver.storage.encryption.SealedException;
import io.argosy.apiserver.storage.encryption.Transformer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects of one resource as the store's watch tells them. One thread, the feed, changes it; any thread reads the
 * published snapshot.
 */
final class ResourceState {

    private static final Logger log = LoggerFactory.getLogger(ResourceState.class);

    /** Each kubelet lists and watches the pods of its node. */
    private static final String INDEXED = "spec.nodeName";

    /**
     * All objects, at one moment.
     *
     * @param revision of the last change that is in the tree
     * @param index of the field that is asked for most, where the resource has it; shared by the states of one load
     */
    record Snapshot(ImageTree tree, long revision, long nextEvent, Optional<FieldIndex> index) {}

    private final GroupResource resource;
    private final KeyPlace place;
    private final Layout layout;
    private final Transformer transformer;
    private final CacheContext context;
    private final Watchers watchers;
    private final EventLog events = new EventLog(0, ImageTree.EMPTY);
    private final OwnWrites ownWrites = new OwnWrites();
    private volatile Snapshot current = new Snapshot(ImageTree.EMPTY, 0, 0, Optional.empty());
    private volatile Map<ObjectKey, String> unreadable = Map.of();
    private final CountDownLatch loaded = new CountDownLatch(1);

    ResourceState(
            GroupResource resource, KeyPlace place, Layout layout, Transformer transformer, CacheContext context) {
        this.resource = resource;
        this.place = place;
        this.layout = layout;
        this.transformer = transformer;
        this.context = context;
        this.watchers = new Watchers(layout.fields().count());
    }

    Snapshot current() {
        return current;
    }

    EventLog events() {
        return events;
    }

    Watchers watchers() {
        return watchers;
    }

    OwnWrites ownWrites() {
        return ownWrites;
    }

    boolean loaded() {
        return loaded.getCount() == 0;
    }

    /** Waits for the first load; false when the time is over first. */
    boolean awaitLoaded(long nanos) throws InterruptedException {
        return loaded.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** Keys whose stored bytes are not an object, with the reason. */
    Map<ObjectKey, String> unreadable() {
        return unreadable;
    }

    /** Called by the feed: begins to load all objects anew. What is read meanwhile is the state before. */
    Load load() {
        return new Load();
    }

    /** Images of all objects at a revision, made page by page; what happened since the last change is not known. */
    final class Load {
        private final ImageTree before = current.tree();
        private final Map<ObjectKey, String> bad = new HashMap<>();
        private ImageTree tree = ImageTree.EMPTY;

        void add(StoredValue value) {
            ObjectKey key = place.parse(value.key());
            Optional<ObjectImage> known = before.get(key).filter(image -> image.revision() == value.modRevision());
            try {
                tree = tree.with(known.orElseGet(() -> read(key, value.key(), value.value(), value.modRevision())));
            } catch (RuntimeException broken) {
                bad.put(key, complain(value.key(), broken));
            }
        }

        void finish(long revision) {
            events.reset(revision, tree);
            unreadable = Map.copyOf(bad);
            current = new Snapshot(tree, revision, events.head(), indexed(tree));
            loaded.countDown();
            watchers.expireAll();
        }
    }

    private Optional<FieldIndex> indexed(ImageTree tree) {
        if (!layout.fields().has(INDEXED)) {
            return Optional.empty();
        }
        FieldIndex index = new FieldIndex(layout.fields().place(INDEXED));
        ImageTree.Images images = tree.all();
        while (images.hasNext()) {
            index.add(images.next());
        }
        return Optional.of(index);
    }

    /** Called by the feed, in the order of revisions. */
    void apply(KeyChange change) {
        switch (change) {
            case KeyChange.Put put -> {
                ObjectKey key = place.parse(put.key());
                try {
                    ObjectImage image = ownWrites
                            .take(put.modRevision())
                            .filter(own -> own.key().equals(key))
                            .orElseGet(() -> read(key, put.key(), put.value(), put.modRevision()));
                    forgive(key);
                    publish(image, false);
                } catch (RuntimeException broken) {
                    blame(key, complain(put.key(), broken));
                    current.tree().get(key).ifPresent(image -> publish(image.at(put.modRevision()), true));
                }
            }
            case KeyChange.Deleted deleted -> {
                ObjectKey key = place.parse(deleted.key());
                forgive(key);
                current.tree().get(key).ifPresent(image -> publish(image.at(deleted.modRevision()), true));
            }
        }
    }

    private void publish(ObjectImage image, boolean deleted) {
        Snapshot before = current;
        Optional<ObjectImage> previous = before.tree().get(image.key());
        ImageTree tree =
                deleted ? before.tree().without(image.key()) : before.tree().with(image);
        LogEvent event = new LogEvent(before.nextEvent(), context.time().millis(), previous, image, deleted, tree);
        events.append(event);
        if (!deleted) {
            before.index().ifPresent(index -> index.add(image));
        }
        current = new Snapshot(tree, image.revision(), before.nextEvent() + 1, before.index());
        before.index()
                .ifPresent(index ->
                        previous.ifPresent(old -> index.remove(old, deleted ? Optional.empty() : Optional.of(image))));
        watchers.tell(event);
        context.metrics().eventApplied(resource);
    }

    /** Makes an image of what is stored under a key. */
    ObjectImage read(ObjectKey key, String storeKey, byte[] stored, long revision) {
        return layout.read(key, transformer.open(storeKey, stored).plain(), revision);
    }

    private String complain(String storeKey, RuntimeException broken) {
        if (!(broken instanceof UnreadableObjectException
                || broken instanceof SealedException
                || broken instanceof ApiException)) {
            log.error("unreadable object key={}", storeKey, broken);
        } else {
            log.error("unreadable object key={} why={}", storeKey, broken.getMessage());
        }
        context.metrics().unreadable(resource);
        return String.valueOf(broken.getMessage());
    }

    private void blame(ObjectKey key, String why) {
        Map<ObjectKey, String> more = new HashMap<>(unreadable);
        more.put(key, why);
        unreadable = Map.copyOf(more);
    }

    private void forgive(ObjectKey key) {
        if (unreadable.containsKey(key)) {
            Map<ObjectKey, String> fewer = new HashMap<>(unreadable);
            fewer.remove(key);
            unreadable = Map.copyOf(fewer);
        }
    }
}
