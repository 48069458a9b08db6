package io.argosy.apiserver.cache;

import io.argosy.apiserver.storage.KeyChange;
import io.argosy.apiserver.storage.ListOutcome;
import io.argosy.apiserver.storage.Store;
import io.argosy.apiserver.storage.StoreException;
import io.argosy.apiserver.storage.StoreWatch;
import io.argosy.apiserver.storage.StoredValue;
import io.argosy.apiserver.storage.WatchSignal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that brings the store's changes to the caches, in order: it alone changes them.
 *
 * <pre>
 *   loading --- all keys listed, caches filled ---> following
 *   following --- the watch may have missed something ---> loading
 * </pre>
 *
 * The watch covers all resources, so every write, of whatever resource, moves the clock that consistent reads wait for.
 */
final class Feed {

    private static final Logger log = LoggerFactory.getLogger(Feed.class);
    private static final String START = "start";
    private static final int LIST_PAGE = 1000;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final String root;
    private final CacheContext context;
    private final ThreadFactory threads;
    private final int replay;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** What other threads want done by the feed's own. */
    private final ConcurrentLinkedQueue<Runnable> requests = new ConcurrentLinkedQueue<>();

    /** Only touched by the feed's thread: caches by path below the root. */
    private final Map<String, ResourceCache> byPath = new HashMap<>();

    private @Nullable Thread thread;
    private volatile @Nullable StoreWatch watch;
    private volatile boolean following;
    private volatile boolean closed;

    /**
     * @param replay how many revisions before the current one the first load begins: what was written since then comes
     *     through the watch, so that watchers of a server that stopped find their place in the event log of the next
     */
    Feed(String root, CacheContext context, ThreadFactory threads, int replay) {
        this.root = root;
        this.context = context;
        this.threads = threads;
        this.replay = replay;
    }

    void start() {
        lock.lock();
        try {
            if (thread == null && !closed) {
                thread = threads.newThread(this::run);
                thread.start();
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        Thread running;
        lock.lock();
        try {
            closed = true;
            running = thread;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        StoreWatch current = watch;
        if (current != null) {
            current.close();
        }
        if (running != null) {
            running.interrupt();
            join(running);
        }
    }

    private static void join(Thread running) {
        try {
            running.join(Duration.ofSeconds(10));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    boolean following() {
        return following;
    }

    boolean awaitFollowing(Duration atMost, BooleanSupplier condition) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0 || closed) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    void add(ResourceCache cache) {
        request(() -> {
            ResourceCache former = byPath.put(pathOf(cache), cache);
            if (former != null && former != cache) {
                former.state().watchers().expireAll();
            }
            if (watch != null && !cache.synced()) {
                loadOne(cache);
            }
        });
    }

    void remove(ResourceCache cache) {
        request(() -> {
            byPath.remove(pathOf(cache), cache);
            cache.state().watchers().expireAll();
        });
    }

    private String pathOf(ResourceCache cache) {
        return cache.prefix().substring(root.length(), cache.prefix().length() - 1);
    }

    private void request(Runnable work) {
        requests.add(work);
        StoreWatch current = watch;
        if (current != null) {
            current.wake();
        }
    }

    private void runRequests() {
        for (Runnable work = requests.poll(); work != null; work = requests.poll()) {
            work.run();
        }
    }

    private void run() {
        String why = START;
        while (!closed) {
            try {
                runRequests();
                long current = context.store().currentRevision();
                long revision = load(why, current);
                why = follow(revision, current);
                if (!closed) {
                    log.warn("the watch of the store was lost, loading anew why={}", why);
                    announce(false);
                    pause();
                }
            } catch (StoreException failed) {
                log.warn("cannot load from the store, trying again why={}", failed.getMessage());
                why = "store failed";
                pause();
            } catch (InterruptedException stopped) {
                break;
            }
            announce(false);
        }
        announce(false);
    }

    private void pause() {
        lock.lock();
        try {
            long left = RETRY_NANOS;
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void announce(boolean nowFollowing) {
        lock.lock();
        try {
            following = nowFollowing;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Fills all caches at a revision: the first time an older one, unless that is gone. */
    private long load(String why, long current) {
        if (why.equals(START) && replay > 0) {
            try {
                return loadAt(why, Math.max(1, current - replay));
            } catch (StoreException gone) {
                log.info("an older state cannot be loaded, loading the current one why={}", gone.getMessage());
            }
        }
        return loadAt(why, current);
    }

    /** Lists all keys at one revision and fills all caches. */
    private long loadAt(String why, long revision) {
        Map<ResourceCache, ResourceState.Load> loads = new HashMap<>();
        byPath.values().forEach(cache -> loads.put(cache, cache.state().load()));
        int count = forEach(root, revision, value -> {
            ResourceCache cache = cacheOf(value.key());
            if (cache != null) {
                loads.get(cache).add(value);
            }
        });
        loads.values().forEach(load -> load.finish(revision));
        context.clock().moveTo(revision);
        context.metrics().loaded(count, revision, why);
        log.info("caches loaded objects={} revision={} why={}", count, revision, why);
        return revision;
    }

    /** Fills one cache at the revision that the others have. */
    private void loadOne(ResourceCache cache) {
        long revision = context.clock().now();
        ResourceState.Load load = cache.state().load();
        forEach(cache.prefix(), revision, load::add);
        load.finish(revision);
        announce(following);
    }

    /** Lists all keys with a prefix, page by page; returns how many there are. */
    private int forEach(String prefix, long revision, Consumer<StoredValue> each) {
        String from = "";
        int count = 0;
        while (true) {
            ListOutcome outcome = context.store().list(prefix, from, revision, LIST_PAGE);
            if (!(outcome instanceof ListOutcome.Listed listed)) {
                throw new StoreException(
                        StoreException.Reason.FAILED, "revision " + revision + " cannot be listed: " + outcome);
            }
            listed.values().forEach(each);
            count += listed.values().size();
            if (!listed.more()) {
                return count;
            }
            from = listed.values().getLast().key() + "\0";
        }
    }

    /**
     * Applies changes until the watch is lost; returns why it was.
     *
     * @param current reached when the caches are first told to be in step
     */
    private String follow(long revision, long current) throws InterruptedException {
        Store store = context.store();
        try (StoreWatch opened = store.watch(root, revision)) {
            watch = opened;
            while (true) {
                if (!following && context.clock().now() >= current) {
                    announce(true);
                }
                runRequests();
                switch (opened.next()) {
                    case WatchSignal.Changes(List<KeyChange> changes, long reached) -> apply(changes, reached);
                    case WatchSignal.Woken _ -> {}
                    case WatchSignal.Lost(String why) -> {
                        return why;
                    }
                    case WatchSignal.Closed _ -> {
                        return "closed";
                    }
                }
            }
        } finally {
            watch = null;
        }
    }

    private void apply(List<KeyChange> changes, long reached) {
        for (KeyChange change : changes) {
            ResourceCache cache = cacheOf(change.key());
            if (cache != null) {
                cache.state().apply(change);
            }
        }
        context.clock().moveTo(reached);
        if (!changes.isEmpty()) {
            byPath.values().forEach(cache -> cache.state().ownWrites().prune(reached));
        }
    }

    /** The cache whose path a key lies below: paths have one or two segments. */
    private @Nullable ResourceCache cacheOf(String key) {
        int first = key.indexOf('/', root.length());
        if (first < 0) {
            return null;
        }
        ResourceCache cache = byPath.get(key.substring(root.length(), first));
        if (cache != null) {
            return cache;
        }
        int second = key.indexOf('/', first + 1);
        return second < 0 ? null : byPath.get(key.substring(root.length(), second));
    }
}
