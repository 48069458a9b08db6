package io.argosy.kubelet.node;

import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.stream.Stream;

/** Ports of the node that pods ask for. Pure. */
final class HostPorts {

    private record Port(String address, String protocol, int number) {

        boolean collides(Port other) {
            boolean anywhere = address.equals("0.0.0.0") || other.address.equals("0.0.0.0");
            return number == other.number
                    && protocol.equals(other.protocol)
                    && (anywhere || address.equals(other.address));
        }
    }

    private HostPorts() {}

    /** Whether a port that the pod asks for is taken by one of the others. */
    static boolean collide(Pod pod, List<Pod> others) {
        List<Port> wanted = ports(pod).toList();
        return !wanted.isEmpty()
                && others.stream()
                        .flatMap(HostPorts::ports)
                        .anyMatch(taken -> wanted.stream().anyMatch(taken::collides));
    }

    private static Stream<Port> ports(Pod pod) {
        Stream<Container> containers = Stream.concat(
                PodView.mains(pod).stream(), PodView.inits(pod).stream().filter(PodView::isSidecar));
        return containers
                .flatMap(c -> PodView.orEmpty(c.getPorts()).stream())
                .filter(p -> p.getHostPort() != null && p.getHostPort() > 0)
                .map(p -> new Port(
                        p.getHostIP() == null || p.getHostIP().isEmpty() ? "0.0.0.0" : p.getHostIP(),
                        p.getProtocol() == null || p.getProtocol().isEmpty() ? "TCP" : p.getProtocol(),
                        p.getHostPort()));
    }
}
