package io.argosy.kubelet.status;

import io.argosy.kubelet.pod.ObservedContainer;
import io.argosy.kubelet.pod.ObservedContainer.Limits;
import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** The resources a container has, told from what the runtime has set. Pure. */
final class ActualResources {

    // Below these the kernel cannot express a value, so the wanted one is told.
    private static final long LEAST_SHARES = 2;
    private static final long LEAST_MILLI_LIMIT = 10;

    private ActualResources() {}

    static ResourceRequirements of(ResourceRequirements wanted, ObservedContainer seen) {
        Map<String, Quantity> requests = new LinkedHashMap<>(PodView.orEmpty(wanted.getRequests()));
        Map<String, Quantity> limits = new LinkedHashMap<>(PodView.orEmpty(wanted.getLimits()));
        if (seen.running() && seen.limits().isPresent()) {
            Limits actual = seen.limits().get();
            if (limits.containsKey("cpu") && actual.cpuQuota() > 0 && actual.cpuPeriod() > 0) {
                long milli = actual.cpuQuota() * 1000 / actual.cpuPeriod();
                replace(limits, "cpu", milli, LEAST_MILLI_LIMIT);
            }
            if (limits.containsKey("memory") && actual.memoryBytes() > 0) {
                long bytes = actual.memoryBytes();
                if (inUnits(limits.get("memory"), 1) != bytes) {
                    limits.put("memory", new Quantity(Long.toString(bytes)));
                }
            }
            if (requests.containsKey("cpu") && actual.cpuShares() > 0) {
                long milli = (long) Math.ceil(actual.cpuShares() * 1000.0 / 1024.0);
                long asShares = inUnits(requests.get("cpu"), 1000) * 1024 / 1000;
                if (asShares != actual.cpuShares()) {
                    replace(requests, "cpu", milli, LEAST_SHARES);
                }
            }
        }
        ResourceRequirementsBuilder out = new ResourceRequirementsBuilder();
        if (!requests.isEmpty()) {
            out.withRequests(requests);
        }
        if (!limits.isEmpty()) {
            out.withLimits(limits);
        }
        return out.build();
    }

    private static void replace(Map<String, Quantity> values, String name, long milli, long least) {
        long wanted = inUnits(values.get(name), 1000);
        if ((milli > least || wanted > least) && wanted != milli) {
            values.put(name, milli % 1000 == 0 ? new Quantity(Long.toString(milli / 1000)) : new Quantity(milli + "m"));
        }
    }

    private static long inUnits(Quantity quantity, long perOne) {
        return quantity.getNumericalAmount()
                .multiply(BigDecimal.valueOf(perOne))
                .longValue();
    }
}
