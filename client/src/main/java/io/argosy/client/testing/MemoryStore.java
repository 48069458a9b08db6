package io.argosy.client.testing;

import io.argosy.client.request.ResourceType;
import io.argosy.daemon.clock.Clock;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Objects by key, and every event since the last compaction. One lock: its own monitor. */
final class MemoryStore {

    private static final int FIRST = 100;

    /** @param before the object before the event, null when it is new */
    record Event(
            long version,
            String key,
            String collection,
            @Nullable ObjectNode before,
            @Nullable ObjectNode after) {}

    private final Clock clock;
    private final TreeMap<String, ObjectNode> objects = new TreeMap<>();
    private final List<Event> events = new ArrayList<>();
    private final List<MemoryWatch> watches = new CopyOnWriteArrayList<>();
    private long version = FIRST;
    private long compacted = FIRST;
    private long names;

    MemoryStore(Clock clock) {
        this.clock = clock;
    }

    synchronized long version() {
        return version;
    }

    synchronized long compacted() {
        return compacted;
    }

    synchronized Optional<ObjectNode> get(String key) {
        return Optional.ofNullable(objects.get(key)).map(ObjectNode::deepCopy);
    }

    /** Copies of the objects of a collection, in the order of their keys. */
    synchronized List<ObjectNode> list(String collection) {
        Map<String, ObjectNode> range = objects.subMap(collection + "|", collection + "}");
        return range.values().stream().map(ObjectNode::deepCopy).toList();
    }

    /** Stores an object under a new version; null removes it. Returns what is stored, or the last state. */
    synchronized ObjectNode put(String key, String collection, @Nullable ObjectNode object) {
        ObjectNode before = objects.get(key);
        version++;
        ObjectNode stored = object == null ? null : object.deepCopy();
        if (stored != null) {
            stored.withObject("/metadata").put("resourceVersion", Long.toString(version));
            objects.put(key, stored);
        } else {
            objects.remove(key);
        }
        events.add(new Event(version, key, collection, before, stored));
        notifyAll();
        ObjectNode told = stored != null ? stored.deepCopy() : before == null ? null : before.deepCopy();
        if (told == null) {
            throw new IllegalStateException("nothing to remove: " + key);
        }
        if (stored == null) {
            told.withObject("/metadata").put("resourceVersion", Long.toString(version));
        }
        return told;
    }

    void seed(ObjectNode tree, HasMetadata object) {
        ResourceType<?> type = ResourceType.of(object.getClass());
        Address address = Address.of(type.path(ResourceType.keyOf(object).namespace()) + "/"
                + object.getMetadata().getName());
        ObjectNode metadata = tree.withObject("/metadata");
        if (!metadata.has("uid")) {
            metadata.put("uid", UUID.randomUUID().toString());
        }
        if (!metadata.has("creationTimestamp")) {
            metadata.put("creationTimestamp", now());
        }
        if (!metadata.has("generation")) {
            metadata.put("generation", 1);
        }
        put(address.key(), address.collection(), tree);
    }

    String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    synchronized String suffix() {
        return String.format("%05d", ++names);
    }

    /** Waits for events after a version; empty when the watch was dropped meanwhile. */
    synchronized List<Event> after(long seen, MemoryWatch watch) throws InterruptedException {
        while (true) {
            if (watch.isEnded()) {
                return List.of();
            }
            if (!events.isEmpty() && events.getLast().version() > seen) {
                return events.stream().filter(event -> event.version() > seen).toList();
            }
            wait();
        }
    }

    /** Stored state and version as of one moment. */
    synchronized Map.Entry<Long, List<ObjectNode>> snapshot(String collection) {
        return Map.entry(version, list(collection));
    }

    void join(MemoryWatch watch) {
        watches.add(watch);
    }

    void leave(MemoryWatch watch) {
        watches.remove(watch);
        synchronized (this) {
            notifyAll();
        }
    }

    void dropWatches() {
        watches.forEach(MemoryWatch::close);
    }

    synchronized void compact() {
        compacted = version;
        events.clear();
    }

    static String text(JsonNode tree, String... path) {
        JsonNode node = tree;
        for (String step : path) {
            node = node.path(step);
        }
        return node.asString("");
    }
}
