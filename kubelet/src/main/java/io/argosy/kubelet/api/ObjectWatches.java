package io.argosy.kubelet.api;

import io.argosy.apimodel.status.ApiException;
import io.argosy.client.request.ListQuery;
import io.argosy.client.request.ObjectList;
import io.argosy.client.request.RequestException;
import io.argosy.client.request.ResourceClient;
import io.argosy.client.request.WatchEvent;
import io.argosy.client.request.WatchQuery;
import io.argosy.client.request.WatchStream;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Single objects, each kept current by a watch of its own from the first question on, and let go some time after the
 * last. A kubelet may read only what its pods refer to, so it cannot watch whole resources. Safe for any thread.
 */
final class ObjectWatches<T extends HasMetadata> implements AutoCloseable {

    // Pods ask at least once a minute.
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(10);
    private static final Duration LONGEST_WATCH = Duration.ofMinutes(5);

    private record Key(String namespace, String name) {}

    private final ResourceClient<T> client;
    private final Clock clock;
    private final Consumer<String> changed;
    private final TaskScope scope;
    private final Map<Key, Entry> entries = new ConcurrentHashMap<>();

    /** @param changed hears the namespace of an object that changed */
    ObjectWatches(ResourceClient<T> client, Clock clock, Consumer<String> changed) {
        this.client = client;
        this.clock = clock;
        this.changed = changed;
        this.scope = new TaskScope("watch-" + client.type().resource().resource());
    }

    /** The object as it is now; waits only for the first answer. */
    Optional<T> get(String namespace, String name) {
        Key key = new Key(namespace, name);
        Entry entry = entries.computeIfAbsent(key, k -> {
            Entry fresh = new Entry(k);
            scope.fork(namespace + "/" + name, fresh::run);
            return fresh;
        });
        return entry.await();
    }

    @Override
    public void close() {
        scope.close();
    }

    private final class Entry {

        private final Key key;
        private long used = clock.nanoTime();
        private boolean known;
        private Optional<T> latest = Optional.empty();
        private Optional<RuntimeException> failure = Optional.empty();

        Entry(Key key) {
            this.key = key;
        }

        synchronized Optional<T> await() {
            used = clock.nanoTime();
            long deadline = used + FIRST_ANSWER.toNanos();
            while (!known && failure.isEmpty() && clock.nanoTime() < deadline) {
                try {
                    wait(100);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    break;
                }
            }
            if (!known) {
                RuntimeException cause = failure.orElseGet(() -> new IllegalStateException("no answer in time"));
                throw new ApiUnavailableException(
                        "failed to sync " + client.type().kind().toLowerCase(java.util.Locale.ROOT) + " cache: "
                                + cause.getMessage(),
                        cause);
            }
            return latest;
        }

        private synchronized boolean idle() {
            return clock.nanoTime() - used > IDLE.toNanos();
        }

        private synchronized void set(Optional<T> object) {
            boolean news = known && !version(latest).equals(version(object));
            latest = object;
            known = true;
            failure = Optional.empty();
            notifyAll();
            if (news) {
                changed.accept(key.namespace());
            }
        }

        private synchronized void fail(RuntimeException e) {
            failure = Optional.of(e);
            notifyAll();
        }

        void run() throws InterruptedException {
            Duration wait = Duration.ofSeconds(1);
            while (!idle()) {
                try {
                    once();
                    wait = Duration.ofSeconds(1);
                } catch (ApiException | RequestException e) {
                    fail(e);
                    clock.sleep(wait);
                    wait = wait.compareTo(Duration.ofSeconds(30)) < 0 ? wait.multipliedBy(2) : wait;
                }
            }
            entries.remove(key, this);
        }

        private void once() {
            ListQuery query = ListQuery.in(key.namespace()).withFields("metadata.name=" + key.name());
            ObjectList<T> list = client.list(query);
            set(list.items().stream().findFirst());
            try (WatchStream<T> watch = client.watch(WatchQuery.of(query, list.resourceVersion(), LONGEST_WATCH))) {
                Optional<WatchEvent<T>> event = watch.next();
                while (event.isPresent() && !idle()) {
                    switch (event.get()) {
                        case WatchEvent.Added<T>(T object) -> set(Optional.of(object));
                        case WatchEvent.Modified<T>(T object) -> set(Optional.of(object));
                        case WatchEvent.Deleted<T> ignored -> set(Optional.empty());
                        case WatchEvent.Bookmark<T> ignored -> {}
                        case WatchEvent.Failed<T>(ApiException error) -> throw error;
                    }
                    event = watch.next();
                }
            }
        }

        private String version(Optional<T> object) {
            return object.map(o -> o.getMetadata().getResourceVersion()).orElse("");
        }
    }
}
