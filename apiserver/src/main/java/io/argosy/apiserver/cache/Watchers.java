package io.argosy.apiserver.cache;

import io.argosy.apimodel.meta.ObjectKey;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/** The watchers of one resource by what wakes them, so that an event touches only those that may see it. */
final class Watchers {

    private final Map<Trigger, Set<Watcher>> byTrigger = new ConcurrentHashMap<>();
    private final AtomicIntegerArray fieldsInUse;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger epoch = new AtomicInteger();

    Watchers(int selectableFields) {
        this.fieldsInUse = new AtomicIntegerArray(Math.max(1, selectableFields));
    }

    /** Changes when watchers have lost their place for good. */
    int epoch() {
        return epoch.get();
    }

    int count() {
        return count.get();
    }

    void add(Watcher watcher) {
        Trigger trigger = watcher.trigger();
        byTrigger.compute(trigger, (_, set) -> {
            Set<Watcher> watchers = set == null ? ConcurrentHashMap.newKeySet(2) : set;
            watchers.add(watcher);
            return watchers;
        });
        if (trigger instanceof Trigger.FieldValue field) {
            fieldsInUse.incrementAndGet(field.field());
        }
        count.incrementAndGet();
    }

    void remove(Watcher watcher) {
        boolean[] removed = new boolean[1];
        byTrigger.computeIfPresent(watcher.trigger(), (_, set) -> {
            removed[0] = set.remove(watcher);
            return set.isEmpty() ? null : set;
        });
        if (removed[0]) {
            count.decrementAndGet();
            if (watcher.trigger() instanceof Trigger.FieldValue field) {
                fieldsInUse.decrementAndGet(field.field());
            }
        }
    }

    /** Tells an event that is in the log already. */
    void tell(LogEvent event) {
        if (count.get() == 0) {
            return;
        }
        long sequence = event.sequence();
        ObjectKey key = event.after().key();
        wake(Trigger.ALWAYS, sequence);
        wake(new Trigger.Named(key.namespace(), key.name()), sequence);
        wake(new Trigger.AnyNamed(key.name()), sequence);
        wake(new Trigger.InNamespace(key.namespace()), sequence);
        @Nullable ObjectImage before = event.before().orElse(null);
        for (int field = 0; field < event.after().fieldCount(); field++) {
            if (fieldsInUse.get(field) == 0) {
                continue;
            }
            String value = event.after().fieldAt(field);
            wake(new Trigger.FieldValue(field, value), sequence);
            if (before != null && !before.fieldAt(field).equals(value)) {
                wake(new Trigger.FieldValue(field, before.fieldAt(field)), sequence);
            }
        }
    }

    /** Tells all watchers that their place in the log is gone. */
    void expireAll() {
        epoch.incrementAndGet();
        byTrigger.values().forEach(set -> set.forEach(Watcher::wake));
    }

    private void wake(Trigger trigger, long sequence) {
        Set<Watcher> watchers = byTrigger.get(trigger);
        if (watchers != null) {
            for (Watcher watcher : watchers) {
                watcher.offer(sequence);
            }
        }
    }
}
