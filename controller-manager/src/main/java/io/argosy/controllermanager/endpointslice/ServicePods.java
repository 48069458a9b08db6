package io.argosy.controllermanager.endpointslice;

import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a Service sees of a pod. */
public final class ServicePods {

    private ServicePods() {}

    /** Whether pods of that state stand behind services at all. */
    public static boolean counts(Pod pod, boolean withTerminating) {
        if (Pods.isFinished(pod) || pod.getStatus() == null) {
            return false;
        }
        return withTerminating || !Owners.isDeleting(pod);
    }

    /** The pod's address of a family. */
    public static Optional<String> address(Pod pod, boolean v6) {
        if (pod.getStatus() == null) {
            return Optional.empty();
        }
        List<String> addresses = new ArrayList<>();
        if (pod.getStatus().getPodIPs() != null) {
            pod.getStatus().getPodIPs().stream().map(PodIP::getIp).forEach(addresses::add);
        }
        if (pod.getStatus().getPodIP() != null) {
            addresses.add(pod.getStatus().getPodIP());
        }
        return addresses.stream()
                .filter(address -> !address.isEmpty() && (address.indexOf(':') >= 0) == v6)
                .findFirst();
    }

    /** The number of a service's port on a pod; empty when the pod has no port of that name. */
    public static OptionalInt target(ServicePort port, Pod pod) {
        if (port.getTargetPort() == null) {
            return OptionalInt.of(port.getPort());
        }
        if (port.getTargetPort().getIntVal() != null) {
            int number = port.getTargetPort().getIntVal();
            return OptionalInt.of(number == 0 ? port.getPort() : number);
        }
        String name = port.getTargetPort().getStrVal();
        String protocol = protocol(port);
        List<Container> containers = new ArrayList<>(pod.getSpec().getContainers());
        if (pod.getSpec().getInitContainers() != null) {
            pod.getSpec().getInitContainers().stream()
                    .filter(container -> "Always".equals(container.getRestartPolicy()))
                    .forEach(containers::add);
        }
        for (Container container : containers) {
            for (ContainerPort candidate :
                    container.getPorts() == null ? List.<ContainerPort>of() : container.getPorts()) {
                String its = candidate.getProtocol() == null ? "TCP" : candidate.getProtocol();
                if (name.equals(candidate.getName()) && its.equals(protocol)) {
                    return OptionalInt.of(candidate.getContainerPort());
                }
            }
        }
        return OptionalInt.empty();
    }

    public static String protocol(ServicePort port) {
        return port.getProtocol() == null ? "TCP" : port.getProtocol();
    }

    /** The host name under which the pod is found in the service's domain. */
    public static Optional<String> hostname(Pod pod, Service service) {
        String hostname = pod.getSpec().getHostname();
        boolean inDomain = service.getMetadata().getName().equals(pod.getSpec().getSubdomain())
                && service.getMetadata().getNamespace().equals(pod.getMetadata().getNamespace());
        return hostname != null && !hostname.isEmpty() && inDomain ? Optional.of(hostname) : Optional.empty();
    }

    public static boolean isHeadless(Service service) {
        return "None".equals(service.getSpec().getClusterIP());
    }

    public static boolean publishesNotReady(Service service) {
        return Boolean.TRUE.equals(service.getSpec().getPublishNotReadyAddresses());
    }
}
