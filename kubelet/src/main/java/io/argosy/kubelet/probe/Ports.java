package io.argosy.kubelet.probe;

import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.Optional;

/** Ports by number or by the name that the container gives them. Pure. */
final class Ports {

    private Ports() {}

    static Optional<Integer> of(IntOrString port, Container container) {
        if (port == null) {
            return Optional.empty();
        }
        if (port.getIntVal() != null) {
            return valid(port.getIntVal());
        }
        for (ContainerPort named : PodView.orEmpty(container.getPorts())) {
            if (port.getStrVal().equals(named.getName())) {
                return valid(named.getContainerPort());
            }
        }
        return port.getStrVal().matches("\\d{1,5}") ? valid(Integer.parseInt(port.getStrVal())) : Optional.empty();
    }

    private static Optional<Integer> valid(int port) {
        return port > 0 && port < 65536 ? Optional.of(port) : Optional.empty();
    }
}
