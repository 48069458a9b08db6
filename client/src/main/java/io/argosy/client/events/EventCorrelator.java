package io.argosy.client.events;

import io.fabric8.kubernetes.api.model.ObjectReference;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what becomes of one more event, as upstream does: at most 25 at once and one in five minutes about one object;
 * ten that differ only in their message become one; one that repeats is counted. Not thread-safe; bounded.
 */
final class EventCorrelator {

    private static final int REMEMBERED = 4096;
    private static final int SIMILAR = 10;
    private static final Duration SIMILAR_WITHIN = Duration.ofMinutes(10);
    private static final int BURST = 25;
    private static final Duration REFILL = Duration.ofMinutes(5);

    /** What is to be sent. */
    sealed interface Verdict {

        /** Nothing: too many about this object. */
        record Drop() implements Verdict {}

        /** The event as it is now: new to the server, or one that it has with a higher count. */
        record Send(String message, Repeat repeat) implements Verdict {}
    }

    /** One event as the server has it. */
    static final class Repeat {
        int count;
        String firstSeen = "";
        Optional<String> name = Optional.empty();
        Optional<News> latest = Optional.empty();
        boolean waiting;
    }

    private static final class Bucket {
        double tokens = BURST;
        long at;
    }

    private static final class Similar {
        long began;
        final Set<String> messages = new HashSet<>();
    }

    private final Map<String, Bucket> buckets = bounded();
    private final Map<String, Similar> similar = bounded();
    private final Map<String, Repeat> repeats = bounded();

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    Verdict judge(ObjectReference regarding, String type, String reason, String message, long nowNanos) {
        String object = regarding.getKind() + "/" + regarding.getNamespace() + "/" + regarding.getName() + "/"
                + regarding.getUid() + "/" + regarding.getApiVersion() + "/" + regarding.getFieldPath();
        String kind = object + "/" + type + "/" + reason;
        String text = combined(kind, message, nowNanos);
        if (!spare(object, nowNanos)) {
            return new Verdict.Drop();
        }
        String key = kind + "/" + (text.equals(message) ? message : "combined");
        Repeat repeat = repeats.computeIfAbsent(key, k -> new Repeat());
        repeat.count++;
        return new Verdict.Send(text, repeat);
    }

    private String combined(String kind, String message, long now) {
        Similar group = similar.computeIfAbsent(kind, k -> new Similar());
        if (group.messages.isEmpty() || now - group.began > SIMILAR_WITHIN.toNanos()) {
            group.began = now;
            group.messages.clear();
        }
        if (group.messages.size() < SIMILAR) {
            group.messages.add(message);
        }
        return group.messages.size() < SIMILAR ? message : "(combined from similar events): " + message;
    }

    private boolean spare(String object, long now) {
        Bucket bucket = buckets.get(object);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.at = now;
            buckets.put(object, bucket);
        }
        bucket.tokens = Math.min(BURST, bucket.tokens + (double) (now - bucket.at) / REFILL.toNanos());
        bucket.at = now;
        if (bucket.tokens < 1) {
            return false;
        }
        bucket.tokens -= 1;
        return true;
    }
}
