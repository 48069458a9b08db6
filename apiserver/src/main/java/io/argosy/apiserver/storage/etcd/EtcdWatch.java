package io.argosy.apiserver.storage.etcd;

import com.google.protobuf.ByteString;
import io.argosy.apiserver.storage.KeyChange;
import io.argosy.apiserver.storage.StoreException;
import io.argosy.apiserver.storage.StoreWatch;
import io.argosy.apiserver.storage.WatchSignal;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.WatchResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One watch of everything in etcd, kept up over broken connections.
 *
 * <p>It covers all keys, not only those with the prefix: every revision then brings an event, and the reader knows that it
 * has reached a revision which some other key was written at. etcd 3.4 has no progress notification that could tell.
 *
 * <p>Only an event moves the revision to go on from. The revision in the head of a response is that of the member, and may
 * be ahead of the events sent: to go on from there, as clients do when they are told that a watch was created, loses what
 * lies between.
 */
final class EtcdWatch implements StoreWatch {

    private static final Logger log = LoggerFactory.getLogger(EtcdWatch.class);
    private static final long CREATED_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final EtcdChannels channels;
    private final EtcdStore store;
    private final String prefix;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by the lock, like the fields that follow: only the session's own stream may change them. */
    private @Nullable WatchSession session;

    private boolean closed;
    private boolean woken;

    /** Only touched by the reader. */
    private long told;

    private @Nullable WatchSignal end;
    private long pause = FIRST_PAUSE_NANOS;

    EtcdWatch(EtcdChannels channels, EtcdStore store, String prefix, long told) {
        this.channels = channels;
        this.store = store;
        this.prefix = prefix;
        this.told = told;
    }

    @Override
    public WatchSignal next() throws InterruptedException {
        while (true) {
            if (end != null) {
                return end;
            }
            WatchSession current = awaitSomething();
            if (current == null) {
                return interruption();
            }
            WatchResponse response = current.poll();
            if (response != null) {
                WatchSignal signal = read(response);
                if (signal != null) {
                    return signal;
                }
            } else {
                drop(current);
            }
        }
    }

    /** A session with a response or an end; null when the watch was closed or woken. */
    private @Nullable WatchSession awaitSomething() throws InterruptedException {
        WatchSession current = connected();
        if (current == null) {
            return null;
        }
        long left = CREATED_WITHIN_NANOS;
        lock.lockInterruptibly();
        try {
            while (!closed && !woken && !current.ready()) {
                if (current.created()) {
                    changed.await();
                } else {
                    left = changed.awaitNanos(left);
                    if (left <= 0) {
                        log.warn("etcd did not create the watch in time revision={}", told + 1);
                        return current;
                    }
                }
            }
            return closed || woken ? null : current;
        } finally {
            lock.unlock();
        }
    }

    private WatchSignal interruption() {
        lock.lock();
        try {
            if (closed) {
                end = new WatchSignal.Closed();
                return end;
            }
            woken = false;
            return new WatchSignal.Woken();
        } finally {
            lock.unlock();
        }
    }

    /** The session there is, or a new one after a pause. */
    private @Nullable WatchSession connected() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (closed || woken) {
                return null;
            }
            if (session != null) {
                return session;
            }
        } finally {
            lock.unlock();
        }
        if (!isAhead()) {
            return closedOrSession(null);
        }
        WatchSession opened = WatchSession.open(channels.watches(), told + 1, this::signal);
        return closedOrSession(opened);
    }

    private @Nullable WatchSession closedOrSession(@Nullable WatchSession opened) {
        lock.lock();
        try {
            session = opened;
            if (opened != null && closed) {
                opened.cancel();
            }
            return opened;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether etcd is at least where this watch is. If it is not, it was restored from an older copy: a watch from a later
     * revision would wait there and miss everything before.
     */
    private boolean isAhead() throws InterruptedException {
        while (true) {
            try {
                long revision = store.currentRevision();
                if (revision < told) {
                    end = new WatchSignal.Lost("the store went back from revision " + told + " to " + revision);
                    wake();
                    return false;
                }
                return true;
            } catch (StoreException failed) {
                log.warn("etcd cannot be asked before a watch revision={} why={}", told, failed.getMessage());
                if (!rest()) {
                    return false;
                }
            }
        }
    }

    /** Waits before the next attempt; false when the watch was closed or woken. */
    private boolean rest() throws InterruptedException {
        long left = pause;
        pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
        lock.lockInterruptibly();
        try {
            while (!closed && !woken && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !closed && !woken;
        } finally {
            lock.unlock();
        }
    }

    private void drop(WatchSession broken) throws InterruptedException {
        broken.cancel();
        lock.lock();
        try {
            session = null;
        } finally {
            lock.unlock();
        }
        log.info("the watch of etcd broke, going on revision={} why={}", told + 1, broken.why());
        channels.reconnectSoon();
        rest();
    }

    private @Nullable WatchSignal read(WatchResponse response) {
        if (response.getCanceled()) {
            end = new WatchSignal.Lost(
                    response.getCompactRevision() > 0
                            ? "revision " + (told + 1) + " has been compacted at " + response.getCompactRevision()
                            : "etcd canceled the watch: " + response.getCancelReason());
            return end;
        }
        List<KeyChange> changes = new ArrayList<>(response.getEventsCount());
        long reached = told;
        for (Event event : response.getEventsList()) {
            KeyValue pair = event.getKv();
            if (pair.getModRevision() <= told) {
                continue;
            }
            if (pair.getModRevision() < reached) {
                end = new WatchSignal.Lost("revision " + pair.getModRevision() + " was told after revision " + reached);
                return end;
            }
            reached = pair.getModRevision();
            String key = pair.getKey().toStringUtf8();
            if (key.startsWith(prefix)) {
                changes.add(change(event, key));
            }
        }
        if (reached == told) {
            return null;
        }
        pause = FIRST_PAUSE_NANOS;
        told = reached;
        return new WatchSignal.Changes(changes, told);
    }

    private static KeyChange change(Event event, String key) {
        KeyValue pair = event.getKv();
        if (event.getType() == Event.EventType.DELETE) {
            return new KeyChange.Deleted(key, pair.getModRevision());
        }
        ByteString value = pair.getValue();
        return new KeyChange.Put(key, value.toByteArray(), pair.getCreateRevision(), pair.getModRevision());
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            if (session != null) {
                session.cancel();
            }
        } finally {
            lock.unlock();
        }
    }
}
