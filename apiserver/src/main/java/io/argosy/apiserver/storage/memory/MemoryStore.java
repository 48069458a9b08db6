package io.argosy.apiserver.storage.memory;

import io.argosy.apiserver.storage.GetResult;
import io.argosy.apiserver.storage.KeyChange;
import io.argosy.apiserver.storage.ListOutcome;
import io.argosy.apiserver.storage.Store;
import io.argosy.apiserver.storage.StoreWatch;
import io.argosy.apiserver.storage.StoredValue;
import io.argosy.apiserver.storage.WatchSignal;
import io.argosy.apiserver.storage.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory. All state is guarded by one lock.
 *
 * <p>Keys whose time to live is over are deleted at the next call, or by {@link #expire}.
 */
public final class MemoryStore implements Store {

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition written = lock.newCondition();
    private final TreeMap<String, List<Version>> versions = new TreeMap<>();
    private final Map<String, Instant> expiries = new HashMap<>();

    /** All changes after {@code compacted}, in order; change i has revision compacted + 1 + i. */
    private ArrayList<KeyChange> history = new ArrayList<>();

    private long compacted = 1;
    private long revision = 1;

    /** The state of a key from a revision on; without value it was deleted there. */
    private record Version(long modRevision, long createRevision, byte @Nullable [] value) {}

    public MemoryStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public long currentRevision() {
        lock.lock();
        try {
            expireDue();
            return revision;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public GetResult get(String key) {
        lock.lock();
        try {
            expireDue();
            return new GetResult(Optional.ofNullable(at(key, versions.get(key), revision)), revision);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public ListOutcome list(String prefix, String from, long atRevision, int limit) {
        lock.lock();
        try {
            expireDue();
            if (atRevision > revision) {
                return new ListOutcome.Future();
            }
            if (atRevision != 0 && atRevision < compacted) {
                return new ListOutcome.Compacted();
            }
            long wanted = atRevision == 0 ? revision : atRevision;
            List<StoredValue> values = new ArrayList<>();
            long count = 0;
            String start = from.compareTo(prefix) > 0 ? from : prefix;
            for (Map.Entry<String, List<Version>> entry :
                    versions.tailMap(start, true).entrySet()) {
                if (!entry.getKey().startsWith(prefix)) {
                    break;
                }
                StoredValue value = at(entry.getKey(), entry.getValue(), wanted);
                if (value != null) {
                    count++;
                    if (limit == 0 || values.size() < limit) {
                        values.add(value);
                    }
                }
            }
            return new ListOutcome.Listed(
                    values, count > values.size(), count, atRevision == 0 ? revision : atRevision);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public WriteOutcome put(String key, long expectedRevision, byte[] value, Optional<Duration> timeToLive) {
        lock.lock();
        try {
            expireDue();
            StoredValue current = at(key, versions.get(key), revision);
            if ((current == null ? ABSENT : current.modRevision()) != expectedRevision) {
                return new WriteOutcome.Conflict(Optional.ofNullable(current), revision);
            }
            long now = ++revision;
            long created = current == null ? now : current.createRevision();
            append(key, new Version(now, created, value), new KeyChange.Put(key, value, created, now));
            if (timeToLive.isPresent()) {
                expiries.put(key, clock.instant().plus(timeToLive.get()));
            } else {
                expiries.remove(key);
            }
            return new WriteOutcome.Written(now);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public WriteOutcome delete(String key, long expectedRevision) {
        lock.lock();
        try {
            expireDue();
            StoredValue current = at(key, versions.get(key), revision);
            if (current == null || current.modRevision() != expectedRevision) {
                return new WriteOutcome.Conflict(Optional.ofNullable(current), revision);
            }
            remove(key);
            return new WriteOutcome.Written(revision);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public StoreWatch watch(String prefix, long afterRevision) {
        return new Watch(prefix, afterRevision);
    }

    @Override
    public long compactedRevision() {
        lock.lock();
        try {
            return compacted;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void compact(long upTo) {
        lock.lock();
        try {
            if (upTo <= compacted || upTo > revision) {
                return;
            }
            history = new ArrayList<>(history.subList((int) (upTo - compacted), history.size()));
            compacted = upTo;
            versions.values().removeIf(list -> {
                while (list.size() > 1 && list.get(1).modRevision() <= upTo) {
                    list.removeFirst();
                }
                return list.size() == 1
                        && list.getFirst().value() == null
                        && list.getFirst().modRevision() <= upTo;
            });
            written.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Deletes the keys whose time is over, each at a revision of its own. */
    public void expire() {
        currentRevision();
    }

    @Override
    public void close() {}

    private void expireDue() {
        if (expiries.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        List<String> due = expiries.entrySet().stream()
                .filter(entry -> !entry.getValue().isAfter(now))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        due.forEach(this::remove);
    }

    private void remove(String key) {
        long now = ++revision;
        append(key, new Version(now, 0, null), new KeyChange.Deleted(key, now));
        expiries.remove(key);
    }

    private void append(String key, Version version, KeyChange change) {
        versions.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(version);
        history.add(change);
        written.signalAll();
    }

    private static @Nullable StoredValue at(String key, @Nullable List<Version> versions, long revision) {
        if (versions == null) {
            return null;
        }
        for (int i = versions.size() - 1; i >= 0; i--) {
            Version version = versions.get(i);
            if (version.modRevision() <= revision) {
                byte[] value = version.value();
                return value == null
                        ? null
                        : new StoredValue(key, value, version.createRevision(), version.modRevision());
            }
        }
        return null;
    }

    private final class Watch implements StoreWatch {
        private final String prefix;
        private long told;
        private boolean closed;
        private boolean woken;

        Watch(String prefix, long told) {
            this.prefix = prefix;
            this.told = told;
        }

        @Override
        public WatchSignal next() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (!closed && !woken && told == revision) {
                    written.await();
                }
                if (closed) {
                    return new WatchSignal.Closed();
                }
                if (woken) {
                    woken = false;
                    return new WatchSignal.Woken();
                }
                if (told < compacted || told > revision) {
                    return new WatchSignal.Lost(
                            "revision " + told + " is not between " + compacted + " and " + revision);
                }
                List<KeyChange> changes = history.subList((int) (told - compacted), history.size()).stream()
                        .filter(change -> change.key().startsWith(prefix))
                        .toList();
                told = revision;
                return new WatchSignal.Changes(changes, told);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void wake() {
            lock.lock();
            try {
                woken = true;
                written.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                closed = true;
                written.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
