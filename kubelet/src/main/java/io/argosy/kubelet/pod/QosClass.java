package io.argosy.kubelet.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The quality of service of a pod, from its cpu and memory.
 *
 * <p>Source: Kubernetes, "Pod Quality of Service Classes".
 */
public enum QosClass {
    GUARANTEED("Guaranteed"),
    BURSTABLE("Burstable"),
    BEST_EFFORT("BestEffort");

    private final String apiName;

    QosClass(String apiName) {
        this.apiName = apiName;
    }

    public String apiName() {
        return apiName;
    }

    public static QosClass of(Pod pod) {
        if (pod.getStatus() != null
                && pod.getStatus().getQosClass() != null
                && !pod.getStatus().getQosClass().isEmpty()) {
            String told = pod.getStatus().getQosClass();
            for (QosClass q : values()) {
                if (q.apiName.equals(told)) {
                    return q;
                }
            }
        }
        return compute(pod);
    }

    static QosClass compute(Pod pod) {
        List<ResourceRequirements> all = new ArrayList<>();
        ResourceRequirements whole = pod.getSpec().getResources();
        if (whole != null
                && (!PodView.orEmpty(whole.getRequests()).isEmpty()
                        || !PodView.orEmpty(whole.getLimits()).isEmpty())) {
            all.add(whole);
        } else {
            List<Container> containers = new ArrayList<>(PodView.mains(pod));
            containers.addAll(PodView.inits(pod));
            containers.forEach(c -> all.add(c.getResources() == null ? new ResourceRequirements() : c.getResources()));
        }
        boolean any = false;
        boolean guaranteed = true;
        for (ResourceRequirements r : all) {
            for (String name : List.of("cpu", "memory")) {
                BigDecimal limit = amount(PodView.orEmpty(r.getLimits()), name);
                BigDecimal request = PodView.orEmpty(r.getRequests()).containsKey(name)
                        ? amount(PodView.orEmpty(r.getRequests()), name)
                        : limit;
                any |= limit.signum() > 0 || request.signum() > 0;
                guaranteed &= limit.signum() > 0 && limit.compareTo(request) == 0;
            }
        }
        if (!any) {
            return BEST_EFFORT;
        }
        return guaranteed ? GUARANTEED : BURSTABLE;
    }

    private static BigDecimal amount(Map<String, Quantity> values, String name) {
        Quantity quantity = values.get(name);
        return quantity == null ? BigDecimal.ZERO : quantity.getNumericalAmount();
    }
}
