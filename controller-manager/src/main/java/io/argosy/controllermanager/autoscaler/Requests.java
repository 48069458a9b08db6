package io.argosy.controllermanager.autoscaler;

import io.argosy.apimodel.quantity.Quantity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What pods request of a resource, in thousandths. Pure. */
final class Requests {

    private Requests() {}

    static Map<String, Long> of(List<Pod> pods, String resource, Optional<String> container) {
        Map<String, Long> requests = new HashMap<>();
        for (Pod pod : pods) {
            requests.put(
                    pod.getMetadata().getName(),
                    container.isEmpty() ? ofPod(pod, resource) : one(pod, resource, container.get()));
        }
        return requests;
    }

    private static long ofPod(Pod pod, String resource) {
        var whole = pod.getSpec().getResources();
        if (whole != null && whole.getRequests() != null && !whole.getRequests().isEmpty()) {
            var amount = whole.getRequests().get(resource);
            if (amount == null) {
                throw new MetricSource.Unavailable("missing pod-level request for " + resource + " in Pod "
                        + pod.getMetadata().getName());
            }
            return milli(amount);
        }
        return running(pod).stream()
                .mapToLong(each -> request(pod, each, resource))
                .sum();
    }

    private static long one(Pod pod, String resource, String container) {
        return running(pod).stream()
                .filter(each -> each.getName().equals(container))
                .findFirst()
                .map(each -> request(pod, each, resource))
                .orElseThrow(() -> new MetricSource.Unavailable("container " + container + " not found in Pod "
                        + pod.getMetadata().getName()));
    }

    /** Containers that run all the time: sidecars too. */
    private static List<Container> running(Pod pod) {
        List<Container> all = new ArrayList<>(pod.getSpec().getContainers());
        if (pod.getSpec().getInitContainers() != null) {
            pod.getSpec().getInitContainers().stream()
                    .filter(each -> "Always".equals(each.getRestartPolicy()))
                    .forEach(all::add);
        }
        return all;
    }

    private static long request(Pod pod, Container container, String resource) {
        var resources = container.getResources();
        var amount = resources == null || resources.getRequests() == null
                ? null
                : resources.getRequests().get(resource);
        if (amount == null) {
            throw new MetricSource.Unavailable("missing request for " + resource + " in container "
                    + container.getName() + " of Pod " + pod.getMetadata().getName());
        }
        return milli(amount);
    }

    static long milli(io.fabric8.kubernetes.api.model.Quantity amount) {
        return Quantity.tryParse(amount.toString()).map(Quantity::milliValue).orElse(0L);
    }
}
