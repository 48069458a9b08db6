package io.argosy.controllermanager.endpointslice;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.util.function.Consumer;

/** Finds the services that a pod stands behind, and hears when that changes. */
public final class ServiceSelection implements ResourceHandler<Pod> {

    private final Informer<Service> services;
    private final Consumer<ObjectKey> wake;

    public ServiceSelection(Informer<Service> services, Consumer<ObjectKey> wake) {
        this.services = services;
        this.wake = wake;
    }

    private void changed(Pod pod) {
        for (Service service : services.list(pod.getMetadata().getNamespace())) {
            var selector = service.getSpec().getSelector();
            if (selector != null && !selector.isEmpty() && Selectors.matches(LabelSelector.ofLabels(selector), pod)) {
                wake.accept(new ObjectKey(
                        service.getMetadata().getNamespace(),
                        service.getMetadata().getName()));
            }
        }
    }

    @Override
    public void added(Pod pod, boolean initial) {
        changed(pod);
    }

    @Override
    public void updated(Pod before, Pod after) {
        boolean labels = !Selectors.labels(before).equals(Selectors.labels(after));
        if (labels) {
            changed(before);
        }
        if (labels || seen(before) != seen(after) || !addresses(before).equals(addresses(after))) {
            changed(after);
        }
    }

    private static int seen(Pod pod) {
        return (Pods.isReady(pod) ? 1 : 0)
                + (Pods.isFinished(pod) ? 2 : 0)
                + (pod.getMetadata().getDeletionTimestamp() != null ? 4 : 0)
                + (Pods.node(pod).isEmpty() ? 8 : 0);
    }

    private static String addresses(Pod pod) {
        return pod.getStatus() == null
                ? ""
                : pod.getStatus().getPodIP() + " " + pod.getStatus().getPodIPs();
    }

    @Override
    public void deleted(Pod last) {
        changed(last);
    }
}
