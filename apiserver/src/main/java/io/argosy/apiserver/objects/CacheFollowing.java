package io.argosy.apiserver.objects;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.cache.CacheEvent;
import io.argosy.apiserver.cache.ListOptions;
import io.argosy.apiserver.cache.ListPage;
import io.argosy.apiserver.cache.ObjectImage;
import io.argosy.apiserver.cache.ResourceCache;
import io.argosy.apiserver.cache.WatchCursor;
import io.argosy.apiserver.cache.WatchOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells one follower the objects of a resource and their changes; lists anew when it was overtaken. */
final class CacheFollowing implements Runnable, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CacheFollowing.class);
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final ResourceCache cache;
    private final ClusterObjects.Follower follower;
    private final Function<ObjectImage, ObjectValue> tree;
    private final Map<ObjectKey, ObjectImage> known = new HashMap<>();
    private final CountDownLatch first = new CountDownLatch(1);
    private volatile boolean closed;

    CacheFollowing(ResourceCache cache, ClusterObjects.Follower follower, Function<ObjectImage, ObjectValue> tree) {
        this.cache = cache;
        this.follower = follower;
        this.tree = tree;
    }

    @Override
    public void run() {
        try {
            while (!closed) {
                round();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            first.countDown();
        }
    }

    private void round() throws InterruptedException {
        try {
            long revision = list();
            first.countDown();
            try (WatchCursor cursor = cache.watch(WatchOptions.after(revision))) {
                watch(cursor);
            }
        } catch (RuntimeException e) {
            LOG.warn("following is interrupted resource={}", cache.definition().groupResource(), e);
            Thread.sleep(PAUSE);
        }
    }

    private long list() throws InterruptedException {
        ListPage page = cache.list(ListOptions.ALL);
        Map<ObjectKey, ObjectImage> gone = new HashMap<>(known);
        for (ObjectImage image : page.images()) {
            ObjectImage before = gone.remove(image.key());
            if (before == null || before.revision() != image.revision()) {
                present(image);
            }
        }
        gone.values().forEach(this::absent);
        return page.revision();
    }

    private void watch(WatchCursor cursor) throws InterruptedException {
        while (!closed) {
            switch (cursor.next(WAIT)) {
                case CacheEvent.Change change -> {
                    if (change.type() == CacheEvent.Type.DELETED) {
                        absent(change.image());
                    } else {
                        present(change.image());
                    }
                }
                case CacheEvent.Expired _ -> {
                    return;
                }
                case CacheEvent.Bookmark _, CacheEvent.Idle _ -> {}
            }
        }
    }

    /** One object that a follower cannot take must not keep the others from it. */
    private void present(ObjectImage image) {
        known.put(image.key(), image);
        try {
            follower.present(tree.apply(image));
        } catch (RuntimeException e) {
            LOG.error("object is not taken in object={} {}", cache.definition().groupResource(), image.key(), e);
        }
    }

    private void absent(ObjectImage image) {
        known.remove(image.key());
        try {
            follower.absent(tree.apply(image));
        } catch (RuntimeException e) {
            LOG.error("object is not let go object={} {}", cache.definition().groupResource(), image.key(), e);
        }
    }

    void awaitFirst() {
        try {
            first.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
