package io.argosy.kubeproxy.model;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads Services. */
public final class ServicePorts {

    private static final int DEFAULT_AFFINITY_SECONDS = 10_800;
    private static final String PROXY_NAME_LABEL = "service.kubernetes.io/service-proxy-name";
    private static final String HEADLESS_LABEL = "service.kubernetes.io/headless";

    private ServicePorts() {}

    /** The ports of a Service in a family; none for headless and ExternalName Services and those of other proxies. */
    public static List<ServicePort> of(Service service, IpFamily family) {
        ServiceSpec spec = service.getSpec();
        if (spec == null || isOthers(service) || "ExternalName".equals(spec.getType())) {
            return List.of();
        }
        Optional<String> clusterIp =
                clusterIps(spec).stream().filter(family::has).findFirst();
        if (clusterIp.isEmpty()) {
            return List.of();
        }
        List<ServicePort> ports = new ArrayList<>();
        for (io.fabric8.kubernetes.api.model.ServicePort port : spec.getPorts()) {
            ports.add(port(service, spec, port, clusterIp.get(), family));
        }
        return ports;
    }

    private static ServicePort port(
            Service service,
            ServiceSpec spec,
            io.fabric8.kubernetes.api.model.ServicePort port,
            String clusterIp,
            IpFamily family) {
        boolean external = "NodePort".equals(spec.getType()) || "LoadBalancer".equals(spec.getType());
        return new ServicePort(
                new ServicePortName(
                        service.getMetadata().getNamespace(),
                        service.getMetadata().getName(),
                        Objects.requireNonNullElse(port.getName(), "")),
                Objects.requireNonNullElse(port.getProtocol(), "TCP").toLowerCase(Locale.ROOT),
                clusterIp,
                port.getPort(),
                external ? Objects.requireNonNullElse(port.getNodePort(), 0) : 0,
                spec.getExternalIPs().stream().filter(family::has).toList(),
                loadBalancerIps(service, family),
                spec.getLoadBalancerSourceRanges().stream()
                        .map(String::strip)
                        .filter(family::has)
                        .toList(),
                affinity(spec),
                "Local".equals(spec.getInternalTrafficPolicy()),
                "Local".equals(spec.getExternalTrafficPolicy()),
                Objects.requireNonNullElse(spec.getHealthCheckNodePort(), 0));
    }

    private static boolean isOthers(Service service) {
        var labels = service.getMetadata().getLabels();
        return labels != null && (labels.containsKey(PROXY_NAME_LABEL) || labels.containsKey(HEADLESS_LABEL));
    }

    private static List<String> clusterIps(ServiceSpec spec) {
        if (!spec.getClusterIPs().isEmpty()) {
            return spec.getClusterIPs();
        }
        return spec.getClusterIP() == null ? List.of() : List.of(spec.getClusterIP());
    }

    private static List<String> loadBalancerIps(Service service, IpFamily family) {
        if (service.getStatus() == null || service.getStatus().getLoadBalancer() == null) {
            return List.of();
        }
        return service.getStatus().getLoadBalancer().getIngress().stream()
                .filter(ingress -> !"Proxy".equals(ingress.getIpMode()))
                .map(LoadBalancerIngress::getIp)
                .filter(ip -> ip != null && family.has(ip))
                .toList();
    }

    private static OptionalInt affinity(ServiceSpec spec) {
        if (!"ClientIP".equals(spec.getSessionAffinity())) {
            return OptionalInt.empty();
        }
        var config = spec.getSessionAffinityConfig();
        Integer seconds = config == null || config.getClientIP() == null
                ? null
                : config.getClientIP().getTimeoutSeconds();
        return OptionalInt.of(seconds == null ? DEFAULT_AFFINITY_SECONDS : seconds);
    }
}
