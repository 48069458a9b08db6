package io.argosy.controllermanager.resourcequota;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.quota.Evaluator;
import io.argosy.apimodel.quota.Evaluators;
import io.argosy.apimodel.quota.Quota;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.request.Discovery;
import io.argosy.client.request.RequestException;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches quotas and what they limit. Admission charges what is created; this controller counts anew when a quota is new
 * or changed, when something goes or frees what it used, and from time to time.
 */
public final class ResourceQuotaController implements Controller {

    private static final Logger LOG = LoggerFactory.getLogger(ResourceQuotaController.class);

    private static final Duration DISCOVER_EVERY = Duration.ofSeconds(30);
    private static final Duration DISCOVER_AT_MOST = Duration.ofSeconds(2);

    /** How long after a creation its charge is checked: by then it is in every cache. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    /** How long a status that somebody else wrote is left alone. */
    private static final Duration STRANGER = Duration.ofSeconds(15);

    private final ControllerContext context;
    private final Duration resync;
    private final Informer<ResourceQuota> quotas;
    private final Evaluators evaluators;
    private final Sources sources;
    private final ReconcileLoop<ObjectKey> primary;
    private final ReconcileLoop<ObjectKey> priority;
    /** Held while the server is asked what it serves, so that whoever needs to know waits for the answer. */
    private final Object discovery = new Object();
    /** Guarded by {@link #discovery}. */
    private Instant discovered = Instant.EPOCH;

    /** @param resync how often every quota is counted anew; zero for never */
    public ResourceQuotaController(ControllerContext context, int workers, Duration resync) {
        this.context = context;
        this.resync = resync;
        quotas = context.informers().informer(ResourceQuota.class);
        Informer<Pod> pods = context.informers().informer(Pod.class);
        Informer<Service> services = context.informers().informer(Service.class);
        Informer<PersistentVolumeClaim> claims = context.informers().informer(PersistentVolumeClaim.class);
        sources = new Sources(
                context,
                Map.of(
                        new GroupResource("", "pods"), new Shared<>(pods),
                        new GroupResource("", "resourcequotas"), new Shared<>(quotas),
                        new GroupResource("", "services"), new Shared<>(services),
                        new GroupResource("", "persistentvolumeclaims"), new Shared<>(claims)),
                this::settle);
        WatchedDeviceClasses classes = new WatchedDeviceClasses(sources::find);
        evaluators = new Evaluators(classes);
        QuotaReconciler reconciler =
                new QuotaReconciler(context, quotas, evaluators, sources, classes, this::discoverSoon);
        primary = context.loop("resourcequota_primary", workers, reconciler);
        priority = context.loop("resourcequota_priority", workers, reconciler);
        quotas.addHandler(new QuotaHandler());
        quotas.addHandler(new UseHandler<>(new GroupResource("", "resourcequotas")));
        pods.addHandler(new UseHandler<>(new GroupResource("", "pods")));
        services.addHandler(new UseHandler<>(new GroupResource("", "services")));
        claims.addHandler(new UseHandler<>(new GroupResource("", "persistentvolumeclaims")));
    }

    /** An informer that others use too. */
    private record Shared<T extends HasMetadata>(Informer<T> informer) implements Source {

        @Override
        public boolean hasSynced() {
            return informer.hasSynced();
        }

        @Override
        public List<ObjectValue> list(String namespace) {
            return informer.list(namespace).stream().map(QuotaTrees::of).toList();
        }
    }

    @Override
    public void start(TaskScope tasks) {
        tasks.fork("quota-discovery", this::follow);
        primary.start(tasks);
        priority.start(tasks);
        if (resync.isPositive()) {
            tasks.fork("quota-resync", this::resync);
        }
    }

    private void resync() throws InterruptedException {
        while (true) {
            context.clock().sleep(resync);
            quotas.list().forEach(quota -> primary.add(ResourceType.keyOf(quota)));
        }
    }

    /** Follows what is served, and which of it quotas count. */
    private void follow() throws InterruptedException {
        try (sources) {
            while (true) {
                if (!quotas.list().isEmpty()) {
                    discover();
                }
                sources.keepOnly(counted());
                context.clock().sleep(DISCOVER_EVERY);
            }
        }
    }

    private Set<GroupResource> counted() {
        return quotas.list().stream().flatMap(this::measured).collect(Collectors.toSet());
    }

    private Stream<GroupResource> measured(ResourceQuota quota) {
        Quota read = Quota.of(QuotaTrees.of(quota));
        return evaluators.measuring(read.wanted().names()).stream().map(Evaluator::resource);
    }

    private void discoverSoon() {
        synchronized (discovery) {
            if (!context.clock().instant().isBefore(discovered.plus(DISCOVER_AT_MOST))) {
                discover();
            }
        }
    }

    private void discover() {
        synchronized (discovery) {
            try {
                Set<GroupResource> fresh = sources.learn(Discovery.of(context.client()));
                discovered = context.clock().instant();
                quotas.list().stream()
                        .filter(quota -> measured(quota).anyMatch(fresh::contains))
                        .forEach(quota -> primary.add(ResourceType.keyOf(quota)));
            } catch (ApiException | RequestException e) {
                LOG.info("discovery failed reason={}", e.getMessage());
            }
        }
    }

    /** Counts again those quotas of a namespace that limit a resource. */
    private void recount(GroupResource resource, String namespace, Duration delay) {
        List<ResourceQuota> there = quotas.list(namespace);
        if (there.isEmpty() || namespace.isEmpty()) {
            return;
        }
        // What the spec limits counts, not the status: that may be on its way.
        evaluators
                .of(resource)
                .ifPresent(evaluator -> there.stream()
                        .filter(quota -> limits(quota, evaluator))
                        .forEach(quota -> primary.addAfter(ResourceType.keyOf(quota), delay)));
    }

    private static boolean limits(ResourceQuota quota, Evaluator evaluator) {
        return quota.getSpec() != null
                && quota.getSpec().getHard() != null
                && !evaluator.matching(quota.getSpec().getHard().keySet()).isEmpty();
    }

    private void settle(GroupResource resource, String namespace) {
        recount(resource, namespace, Duration.ZERO);
    }

    /** Quotas that nobody has counted yet come first. */
    private final class QuotaHandler implements ResourceHandler<ResourceQuota> {

        @Override
        public void added(ResourceQuota quota, boolean initial) {
            (Recount.isUrgent(Quota.of(QuotaTrees.of(quota))) ? priority : primary).add(ResourceType.keyOf(quota));
        }

        @Override
        public void updated(ResourceQuota before, ResourceQuota after) {
            if (!Objects.equals(hard(before), hard(after))) {
                added(after, false);
            } else if (after.getStatus() != null
                    && !Objects.equals(hard(after), after.getStatus().getHard())) {
                // Somebody else wrote the status: they may be at it still.
                primary.addAfter(ResourceType.keyOf(after), STRANGER);
            }
        }

        private static Map<String, Quantity> hard(ResourceQuota quota) {
            return quota.getSpec() == null || quota.getSpec().getHard() == null
                    ? Map.of()
                    : quota.getSpec().getHard();
        }

        @Override
        public void deleted(ResourceQuota last) {}
    }

    /** Objects of one resource that use what quotas limit. */
    private final class UseHandler<T extends HasMetadata> implements ResourceHandler<T> {

        private final GroupResource resource;

        UseHandler(GroupResource resource) {
            this.resource = resource;
        }

        @Override
        public void added(T object, boolean initial) {
            if (!initial) {
                recount(resource, ResourceType.keyOf(object).namespace(), SETTLED);
            }
        }

        @Override
        public void updated(T before, T after) {
            String namespace = ResourceType.keyOf(after).namespace();
            if (!quotas.list(namespace).isEmpty()
                    && evaluators
                            .of(resource)
                            .filter(evaluator -> evaluator.frees(
                                    QuotaTrees.of(before),
                                    QuotaTrees.of(after),
                                    context.clock().instant()))
                            .isPresent()) {
                recount(resource, namespace, Duration.ZERO);
            }
        }

        @Override
        public void deleted(T last) {
            recount(resource, ResourceType.keyOf(last).namespace(), Duration.ZERO);
        }
    }
}
