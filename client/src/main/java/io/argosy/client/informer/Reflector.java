package io.argosy.client.informer;

import io.argosy.apimodel.status.ApiException;
import io.argosy.client.request.ListQuery;
import io.argosy.client.request.ObjectList;
import io.argosy.client.request.RequestException;
import io.argosy.client.request.RequestInterruptedException;
import io.argosy.client.request.ResourceClient;
import io.argosy.client.request.ResourceType;
import io.argosy.client.request.WatchEvent;
import io.argosy.client.request.WatchQuery;
import io.argosy.client.request.WatchStream;
import io.argosy.daemon.clock.Clock;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a target the state of a resource and then each change of it, once and in order, over any number of broken
 * connections.
 *
 * <pre>
 *   begin ──► streaming list (or paged, where the server refuses it) ──► watch ──► watch from where the last one ended
 *     ▲                                                                  │
 *     └───────────── version too old (410), or in any doubt ◄────────────┘
 * </pre>
 *
 * <p>The observed version never goes back: a list older than what was seen is not asked for, and an event that was seen
 * is dropped.
 */
public final class Reflector<T extends HasMetadata> {

    private static final Logger LOG = LoggerFactory.getLogger(Reflector.class);

    /** Refusals that say nothing about streaming lists: who asks may not, or is to ask again. */
    private static final Set<Integer> PASSING = Set.of(401, 403, 404, 429, 503, 504);

    private static final long PAGE = 500;
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration SHORTEST_WATCH = Duration.ofMinutes(5);

    private final ResourceClient<T> client;
    private final ListQuery query;
    private final Target<T> target;
    private final Clock clock;
    private final RandomGenerator random;

    private String version = "";
    private boolean listed;
    private boolean streaming = true;
    private int failures;

    /** Who is told. Called by one thread. */
    public interface Target<T extends HasMetadata> {

        /** The whole state; what is not in it is gone. */
        void replace(List<T> objects, long version);

        void put(T object);

        /** The object's last state, with the version of its deletion. */
        void remove(T object);

        /** Nothing else happened up to this version. */
        void bookmark(long version);
    }

    /** @param query namespace and selectors of what to reflect */
    public Reflector(ResourceClient<T> client, ListQuery query, Target<T> target, Clock clock, RandomGenerator random) {
        this.client = client;
        this.query = query;
        this.target = target;
        this.clock = clock;
        this.random = random;
    }

    /** Runs until the thread is interrupted. */
    public void run() throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                if (!listed) {
                    list();
                } else {
                    watch();
                }
                failures = 0;
            } catch (ApiException e) {
                expired(e);
                pause(e.message());
            } catch (RequestException e) {
                pause(String.valueOf(e.getMessage()));
            } catch (RequestInterruptedException e) {
                throw new InterruptedException();
            }
        }
        throw new InterruptedException();
    }

    private static boolean isTooOld(ApiException e) {
        return e.is(410) || e.reason().equals("Expired") || e.reason().equals("Gone");
    }

    private void expired(ApiException e) {
        boolean fromFuture = e.is(504) && e.message().contains("Too large resource version");
        if (isTooOld(e) || fromFuture) {
            listed = false;
            version = "";
        }
    }

    private void pause(String why) throws InterruptedException {
        long nanos = FIRST_WAIT.toNanos() << Math.min(failures, 10);
        long capped = Math.min(nanos, LONGEST_WAIT.toNanos());
        failures++;
        LOG.info("list or watch failed resource={} failures={} reason={}", client.type(), failures, why);
        clock.sleep(Duration.ofNanos((long) (capped * (0.5 + random.nextDouble() / 2))));
    }

    private void list() throws InterruptedException {
        if (streaming) {
            try {
                stream();
                return;
            } catch (ApiException e) {
                if (isTooOld(e) || PASSING.contains(e.code())) {
                    throw e;
                }
                LOG.info("no streaming list, using pages resource={} reason={}", client.type(), e.message());
                streaming = false;
            }
        }
        page();
    }

    /** One watch that begins with the present state, and goes on as the watch. */
    private void stream() throws InterruptedException {
        Map<io.argosy.apimodel.meta.ObjectKey, T> state = new LinkedHashMap<>();
        WatchQuery watch = WatchQuery.of(query, version, watchTime()).withInitialEvents();
        try (WatchStream<T> stream = client.watch(watch)) {
            while (true) {
                Optional<WatchEvent<T>> event = stream.next();
                if (event.isEmpty()) {
                    throw new RequestException("the streaming list ended before it was complete", false, null);
                }
                switch (event.get()) {
                    case WatchEvent.Added<T>(T object) -> state.put(ResourceType.keyOf(object), slim(object));
                    case WatchEvent.Modified<T>(T object) -> state.put(ResourceType.keyOf(object), slim(object));
                    case WatchEvent.Deleted<T>(T object) -> state.remove(ResourceType.keyOf(object));
                    case WatchEvent.Failed<T>(ApiException error) -> throw error;
                    case WatchEvent.Bookmark<T>(String at, boolean end) -> {
                        if (end) {
                            begun(new ArrayList<>(state.values()), at);
                            follow(stream);
                            return;
                        }
                    }
                }
            }
        }
    }

    private void page() {
        List<T> objects = new ArrayList<>();
        ListQuery first = version.isEmpty() ? query : query.from(version);
        ObjectList<T> page = client.list(version.isEmpty() ? first.page(PAGE, "") : first);
        page.items().forEach(object -> objects.add(slim(object)));
        while (!page.continueToken().isEmpty()) {
            page = client.list(query.page(PAGE, page.continueToken()));
            page.items().forEach(object -> objects.add(slim(object)));
        }
        begun(objects, page.resourceVersion());
    }

    private void begun(List<T> objects, String at) {
        target.replace(objects, Versions.parse(at));
        version = at;
        listed = true;
    }

    private void watch() throws InterruptedException {
        try (WatchStream<T> stream = client.watch(WatchQuery.of(query, version, watchTime()))) {
            follow(stream);
        }
    }

    private void follow(WatchStream<T> stream) throws InterruptedException {
        failures = 0;
        while (true) {
            Optional<WatchEvent<T>> event = stream.next();
            if (event.isEmpty()) {
                return;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            switch (event.get()) {
                case WatchEvent.Added<T>(T object) -> changed(object, false);
                case WatchEvent.Modified<T>(T object) -> changed(object, false);
                case WatchEvent.Deleted<T>(T object) -> changed(object, true);
                case WatchEvent.Bookmark<T>(String at, boolean end) -> {
                    if (Versions.parse(at) > Versions.parse(version)) {
                        version = at;
                        target.bookmark(Versions.parse(at));
                    }
                }
                case WatchEvent.Failed<T>(ApiException error) -> throw error;
            }
        }
    }

    private void changed(T object, boolean deleted) {
        if (Versions.of(object) <= Versions.parse(version)) {
            return;
        }
        version = object.getMetadata().getResourceVersion();
        if (deleted) {
            target.remove(slim(object));
        } else {
            target.put(slim(object));
        }
    }

    /** Managed fields are half of many objects, and nobody reads them from a cache. */
    private T slim(T object) {
        object.getMetadata().setManagedFields(List.of());
        return object;
    }

    private Duration watchTime() {
        return SHORTEST_WATCH.plusSeconds(random.nextLong(SHORTEST_WATCH.toSeconds()));
    }
}
