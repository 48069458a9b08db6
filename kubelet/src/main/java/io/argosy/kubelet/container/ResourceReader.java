package io.argosy.kubelet.container;

import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** The downward API: requests and limits as numbers in units of a divisor, rounded up. Pure. */
public final class ResourceReader {

    private ResourceReader() {}

    /**
     * @param owner the container itself, for a selector that names none
     * @param allocatable what a limit is when the container has none
     */
    public static String read(
            Pod pod, Container owner, ResourceFieldSelector selector, Map<String, Quantity> allocatable) {
        Container container = owner;
        String name = selector.getContainerName();
        if (name != null && !name.isEmpty()) {
            container = PodView.container(pod, name)
                    .orElseThrow(() -> new IllegalArgumentException("container " + name + " not found"));
        }
        String path = selector.getResource();
        int dot = path.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("unsupported container resource : " + path);
        }
        String resource = path.substring(dot + 1);
        BigDecimal value = switch (path.substring(0, dot)) {
            case "limits" -> limit(container, resource, allocatable);
            case "requests" -> request(container, resource);
            default -> throw new IllegalArgumentException("unsupported container resource : " + path);
        };
        BigDecimal divisor = divisor(selector.getDivisor());
        return value.divide(divisor, 0, RoundingMode.CEILING).toBigInteger().toString();
    }

    private static BigDecimal limit(Container container, String resource, Map<String, Quantity> allocatable) {
        Quantity own = container.getResources() == null
                ? null
                : PodView.orEmpty(container.getResources().getLimits()).get(resource);
        if (own != null && own.getNumericalAmount().signum() != 0) {
            return own.getNumericalAmount();
        }
        Quantity node = allocatable.get(resource);
        return node == null ? BigDecimal.ZERO : node.getNumericalAmount();
    }

    private static BigDecimal request(Container container, String resource) {
        Quantity own = container.getResources() == null
                ? null
                : PodView.orEmpty(container.getResources().getRequests()).get(resource);
        return own == null ? BigDecimal.ZERO : own.getNumericalAmount();
    }

    private static BigDecimal divisor(Quantity divisor) {
        if (divisor == null
                || divisor.getAmount() == null
                || divisor.getAmount().isEmpty()
                || divisor.getNumericalAmount().signum() == 0) {
            return BigDecimal.ONE;
        }
        return divisor.getNumericalAmount();
    }
}
