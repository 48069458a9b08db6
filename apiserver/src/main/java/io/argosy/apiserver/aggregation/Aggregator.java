package io.argosy.apiserver.aggregation;

import io.argosy.apimodel.definition.Definitions;
import io.argosy.apimodel.definition.GroupDefinition;
import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.time.ApiTime;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.discovery.RemoteVersion;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import io.argosy.apiserver.openapi.RemoteDocuments;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows APIServices: keeps those of what this server answers itself, checks whether the others can be used, and knows
 * what they serve. One thread looks what is due; each check of another server has a thread of its own, so that one that
 * does not answer holds nobody up.
 */
public final class Aggregator implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Aggregator.class);
    private static final Duration SETTLED = Duration.ofSeconds(30);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration DOCUMENTS = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 1000;

    private final ClusterObjects objects;
    private final Supplier<Definitions> served;
    private final Collection<GroupDefinition> builtIn;
    private final Consumer<List<RemoteVersion>> discovered;
    private final RemoteServers servers;
    private final RemoteApi remote;
    private final InstantSource clock;
    private final ThreadFactory threads;
    private final Thread looking;
    private final Object lock = new Object();
    private final Map<String, Known> known = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();
    private final List<AutoCloseable> following = new ArrayList<>();
    private boolean changed;
    private boolean registering;
    private volatile Map<GroupVersion, ServedApi> routes = Map.of();
    private volatile List<RemoteDocuments> documents = List.of();

    /** What is known of one APIService; guarded by the lock. */
    private static final class Known {
        private ServedApi api;
        private Instant due = Instant.EPOCH;
        private Duration retry = FIRST_RETRY;
        private Instant documentsDue = Instant.EPOCH;
        private Optional<ArrayValue> resources = Optional.empty();
        private Optional<RemoteDocuments> documents = Optional.empty();

        Known(ServedApi api) {
            this.api = api;
        }
    }

    /**
     * @param certificate and {@code key}: what this server shows to the others
     */
    public record Parts(
            ClusterObjects objects,
            Collection<GroupDefinition> builtIn,
            Optional<Path> certificate,
            Optional<Path> key,
            RandomGenerator random,
            InstantSource clock,
            ThreadFactory threads) {}

    /**
     * @param served what this server itself answers
     * @param discovered is told what the others answer, after each change
     */
    public Aggregator(Parts parts, Supplier<Definitions> served, Consumer<List<RemoteVersion>> discovered) {
        this.objects = parts.objects();
        this.served = served;
        this.builtIn = List.copyOf(parts.builtIn());
        this.discovered = discovered;
        this.servers = new RemoteServers(objects, parts.certificate(), parts.key(), parts.random());
        this.remote = new RemoteApi(servers);
        this.clock = parts.clock();
        this.threads = parts.threads();
        this.looking = threads.newThread(this::look);
    }

    /** Sees to the APIServices of built-in groups, and then goes on in its own thread. */
    public void start() {
        register(true);
        following.add(objects.follow(Resources.API_SERVICES, new ClusterObjects.Follower() {
            @Override
            public void present(ObjectValue object) {
                know(ServedApi.of(object));
            }

            @Override
            public void absent(ObjectValue last) {
                forget(last.string("metadata", "name").orElse(""));
            }
        }));
        following.add(objects.follow(Resources.SERVICES, new Behind("")));
        following.add(objects.follow(Resources.ENDPOINT_SLICES, new Behind("kubernetes.io/service-name")));
        looking.start();
    }

    /** What this server itself answers is another now. */
    public void servedChanged() {
        synchronized (lock) {
            registering = true;
            lock.notifyAll();
        }
    }

    /** The way to the server that answers a version; empty when it is this one. */
    public Optional<RemoteRoute> route(String group, String version) {
        return routes.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(routes.get(new GroupVersion(group, version)))
                        .map(api -> new RemoteRoute(api, servers));
    }

    /** What the others say of themselves in OpenAPI; another object after each change. */
    public List<RemoteDocuments> documents() {
        return documents;
    }

    /** Wakes the checks of APIServices when something changes behind them. */
    private final class Behind implements ClusterObjects.Follower {
        private final String label;

        /** @param label that names the Service; empty for Services themselves */
        Behind(String label) {
            this.label = label;
        }

        @Override
        public void present(ObjectValue object) {
            String namespace = object.string("metadata", "namespace").orElse("");
            String name = label.isEmpty()
                    ? object.string("metadata", "name").orElse("")
                    : object.string("metadata", "labels", label).orElse("");
            synchronized (lock) {
                for (Known one : known.values()) {
                    boolean concerned = one.api.service().stream()
                            .anyMatch(service -> service.namespace().equals(namespace)
                                    && service.name().equals(name));
                    if (concerned) {
                        one.due = Instant.EPOCH;
                        lock.notifyAll();
                    }
                }
            }
        }

        @Override
        public void absent(ObjectValue last) {
            present(last);
        }
    }

    private void know(ServedApi api) {
        synchronized (lock) {
            Known one = known.computeIfAbsent(api.name(), _ -> new Known(api));
            boolean other = !one.api.service().equals(api.service())
                    || !one.api.caBundle().equals(api.caBundle())
                    || one.api.insecure() != api.insecure();
            boolean appeared = api.available() && !one.api.available();
            if (other || !one.api.version().equals(api.version())) {
                one.due = Instant.EPOCH;
            }
            if (other || appeared) {
                one.documentsDue = Instant.EPOCH;
                one.due = Instant.EPOCH;
            }
            one.api = api;
            changed = true;
            lock.notifyAll();
        }
        publish();
    }

    private void forget(String name) {
        synchronized (lock) {
            known.remove(name);
            registering = true;
            lock.notifyAll();
        }
        publish();
    }

    /** Tells everybody what is known now. */
    private void publish() {
        synchronized (lock) {
            Map<GroupVersion, ServedApi> ways = new HashMap<>();
            List<RemoteVersion> versions = new ArrayList<>();
            List<RemoteDocuments> told = new ArrayList<>();
            known.values().stream()
                    .sorted((left, right) -> left.api.name().compareTo(right.api.name()))
                    .filter(one -> one.api.service().isPresent())
                    .forEach(one -> {
                        ServedApi api = one.api;
                        ways.put(api.version(), api);
                        versions.add(new RemoteVersion(
                                api.version(),
                                api.groupPriority(),
                                api.versionPriority(),
                                one.resources,
                                api.available() && one.resources.isPresent()));
                        one.documents.ifPresent(told::add);
                    });
            routes = Map.copyOf(ways);
            discovered.accept(versions);
            if (!told.equals(documents)) {
                documents = List.copyOf(told);
            }
            changed = false;
        }
    }

    private void look() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                List<String> due = new ArrayList<>();
                boolean register;
                synchronized (lock) {
                    Instant now = clock.instant();
                    known.forEach((name, one) -> {
                        if (!one.due.isAfter(now) && underWay.add(name)) {
                            one.due = now.plus(SETTLED);
                            due.add(name);
                        }
                    });
                    register = registering;
                    registering = false;
                    if (due.isEmpty() && !register && !changed) {
                        lock.wait(LOOK_MILLIS);
                    }
                }
                if (register) {
                    register(false);
                }
                due.forEach(name -> threads.newThread(() -> check(name)).start());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void register(boolean atStart) {
        for (Registration.Action action :
                Registration.actions(served.get(), builtIn, objects.list(Resources.API_SERVICES, ""), atStart)) {
            try {
                switch (action) {
                    case Registration.Action.Create create -> {
                        ObjectValue object = create.object();
                        objects.create(Resources.API_SERVICES, Availability.LOCAL.into(object, now()));
                    }
                    case Registration.Action.Replace replace ->
                        objects.update(
                                Resources.API_SERVICES,
                                "",
                                replace.name(),
                                object -> object.put("spec", replace.spec().copy()));
                    case Registration.Action.Delete delete ->
                        objects.delete(Resources.API_SERVICES, "", delete.name(), delete.uid());
                }
            } catch (ApiException e) {
                log.info("APIService is not registered yet action={} cause={}", action, e.message());
                synchronized (lock) {
                    registering = !atStart && e.code() != 409;
                }
            }
        }
    }

    private void check(String name) {
        try {
            Optional<ServedApi> api;
            synchronized (lock) {
                api = Optional.ofNullable(known.get(name)).map(one -> one.api);
            }
            if (api.isPresent()) {
                Availability found = api.get().service().isPresent() ? remote.check(api.get()) : Availability.LOCAL;
                write(name, found);
                settle(name, api.get(), found);
            }
        } catch (ApiException e) {
            log.info("APIService is not checked name={} cause={}", name, e.message());
            again(name);
        } finally {
            synchronized (lock) {
                underWay.remove(name);
                lock.notifyAll();
            }
        }
    }

    private String now() {
        return ApiTime.format(clock.instant());
    }

    private void write(String name, Availability found) {
        Optional<ObjectValue> object = objects.find(Resources.API_SERVICES, "", name);
        if (object.isEmpty()) {
            return;
        }
        ObjectValue wanted = found.into(object.get().copy(), now());
        if (!Objects.equals(wanted, object.get())) {
            objects.update(Resources.API_SERVICES, "", name, current -> found.into(current, now()));
            log.info("APIService is checked name={} available={} reason={}", name, found.status(), found.reason());
        }
    }

    /** Decides when to look again, and asks a server that answers what it serves. */
    private void settle(String name, ServedApi api, Availability found) {
        if (!found.status().equals("True")) {
            again(name);
            return;
        }
        boolean ask;
        synchronized (lock) {
            Known one = known.get(name);
            if (one == null) {
                return;
            }
            one.retry = FIRST_RETRY;
            ask = api.service().isPresent() && !one.documentsDue.isAfter(clock.instant());
        }
        if (ask) {
            Optional<ArrayValue> resources = remote.resources(api);
            RemoteDocuments openApi = remote.openApi(api);
            synchronized (lock) {
                Known one = known.get(name);
                if (one != null) {
                    one.documentsDue = clock.instant().plus(DOCUMENTS);
                    one.resources = resources.or(() -> one.resources);
                    if (!one.documents.equals(Optional.of(openApi))) {
                        one.documents = Optional.of(openApi);
                    }
                }
            }
            publish();
        }
    }

    private void again(String name) {
        synchronized (lock) {
            Known one = known.get(name);
            if (one != null && one.api.service().isPresent()) {
                one.due = clock.instant().plus(one.retry);
                one.retry = one.retry.multipliedBy(2).compareTo(SETTLED) > 0 ? SETTLED : one.retry.multipliedBy(2);
            }
        }
    }

    @Override
    public void close() throws Exception {
        looking.interrupt();
        for (AutoCloseable one : following) {
            one.close();
        }
    }
}
