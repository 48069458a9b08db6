package io.argosy.controllermanager.servicecidr;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.request.Patch;
import io.argosy.client.request.ResourceType;
import io.argosy.client.request.WriteOptions;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.controllermanager.ownership.Finalizers;
import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.networking.v1.IPAddress;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDR;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Marks ranges ready, and lets one go when no address depends on it alone. */
public final class ServiceCidrController implements Controller {

    private static final String FINALIZER = "networking.k8s.io/service-cidr-finalizer";
    private static final String MANAGED_BY = "ipaddress.kubernetes.io/managed-by";
    private static final String ALLOCATOR = "ipallocator.k8s.io";

    /** How long allocators may take to hear that a range goes. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final ControllerContext context;
    private final Informer<ServiceCIDR> ranges;
    private final Informer<IPAddress> addresses;
    private final ReconcileLoop<ObjectKey> loop;

    public ServiceCidrController(ControllerContext context) {
        this.context = context;
        ranges = context.informers().informer(ServiceCIDR.class);
        addresses = context.informers().informer(IPAddress.class);
        loop = context.loop("ipaddresses", 5, this::reconcile);
        ranges.addHandler(ResourceHandler.any(range -> {
            loop.add(ResourceType.keyOf(range));
            ranges.list().stream()
                    .filter(other -> RangeUse.overlap(range, other))
                    .forEach(other -> loop.add(ResourceType.keyOf(other)));
        }));
        addresses.addHandler(new ResourceHandler<>() {
            @Override
            public void added(IPAddress address, boolean initial) {
                wake(address);
            }

            @Override
            public void updated(IPAddress before, IPAddress after) {}

            @Override
            public void deleted(IPAddress last) {
                wake(last);
            }
        });
    }

    private void wake(IPAddress address) {
        address(address)
                .ifPresent(prefix -> ranges.list().stream()
                        .filter(range -> RangeUse.contains(range, prefix))
                        .forEach(range -> loop.add(ResourceType.keyOf(range))));
    }

    private static Optional<Prefix> address(IPAddress address) {
        return ALLOCATOR.equals(Selectors.labels(address).get(MANAGED_BY))
                ? Prefix.ofAddress(address.getMetadata().getName())
                : Optional.empty();
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }

    private Outcome reconcile(ObjectKey key) {
        Optional<ServiceCIDR> found = ranges.get(key);
        if (found.isEmpty()) {
            return Outcome.DONE;
        }
        try {
            return Owners.isDeleting(found.get()) ? goes(found.get()) : stays(found.get());
        } catch (ApiException e) {
            if (e.is(404)) {
                return Outcome.DONE;
            }
            throw e;
        }
    }

    private Outcome stays(ServiceCIDR range) {
        if (Finalizers.lacks(range, FINALIZER)) {
            patch(range, Map.of("metadata", Map.of("finalizers", List.of(FINALIZER))));
        }
        condition(range, "True", "", "Kubernetes Service CIDR is ready");
        return Outcome.DONE;
    }

    private Outcome goes(ServiceCIDR range) {
        List<Prefix> used = addresses.list().stream()
                .flatMap(each -> address(each).stream())
                .toList();
        if (!RangeUse.canGo(range, ranges.list(), used)) {
            condition(
                    range,
                    "False",
                    "Terminating",
                    "There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new"
                            + " ServiceCIDR");
            return Outcome.DONE;
        }
        Instant due = Instant.parse(range.getMetadata().getDeletionTimestamp()).plus(GRACE);
        Duration left = Duration.between(context.clock().instant(), due);
        if (left.isPositive()) {
            return Outcome.later(left);
        }
        if (Finalizers.has(range, FINALIZER)) {
            patch(range, Map.of("metadata", Map.of("$deleteFromPrimitiveList/finalizers", List.of(FINALIZER))));
        }
        return Outcome.DONE;
    }

    private void patch(ServiceCIDR range, Map<String, Object> change) {
        context.client().resource(ServiceCIDR.class).patch(ResourceType.keyOf(range), Patch.strategic(change));
    }

    private void condition(ServiceCIDR range, String status, String reason, String message) {
        boolean told = range.getStatus() != null
                && range.getStatus().getConditions() != null
                && range.getStatus().getConditions().stream().anyMatch(each -> same(each, status, reason, message));
        if (told) {
            return;
        }
        Map<String, Object> condition = Map.of(
                "type",
                "Ready",
                "status",
                status,
                "reason",
                reason,
                "message",
                message,
                "lastTransitionTime",
                context.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString());
        Map<String, Object> body = Map.of(
                "apiVersion",
                "networking.k8s.io/v1",
                "kind",
                "ServiceCIDR",
                "metadata",
                Map.of("name", range.getMetadata().getName()),
                "status",
                Map.of("conditions", List.of(condition)));
        context.client()
                .resource(ServiceCIDR.class)
                .patch(
                        ResourceType.keyOf(range),
                        Patch.apply(body),
                        "status",
                        WriteOptions.apply("service-cidr-controller"));
    }

    private static boolean same(Condition condition, String status, String reason, String message) {
        return "Ready".equals(condition.getType())
                && status.equals(condition.getStatus())
                && reason.equals(condition.getReason() == null ? "" : condition.getReason())
                && message.equals(condition.getMessage());
    }
}
