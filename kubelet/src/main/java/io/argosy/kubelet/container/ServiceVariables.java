package io.argosy.kubelet.container;

import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Variables that tell a container the Services it can reach. Pure.
 *
 * <p>Source: Kubernetes, "Service", section Environment variables.
 */
final class ServiceVariables {

    private ServiceVariables() {}

    /** @param links without them only the API's own Service is told */
    static Map<String, String> of(List<Service> services, String namespace, boolean links) {
        Map<String, Service> chosen = new LinkedHashMap<>();
        for (Service service : services) {
            String ip = service.getSpec().getClusterIP();
            if (ip == null || ip.isEmpty() || ip.equals("None")) {
                continue;
            }
            String name = service.getMetadata().getName();
            String home = service.getMetadata().getNamespace();
            if (home.equals("default") && name.equals("kubernetes")) {
                chosen.putIfAbsent(name, service);
            } else if (links && home.equals(namespace)) {
                chosen.put(name, service);
            }
        }
        Map<String, String> out = new LinkedHashMap<>();
        chosen.values().forEach(s -> add(s, out));
        return out;
    }

    private static void add(Service service, Map<String, String> out) {
        String prefix = service.getMetadata().getName().toUpperCase(Locale.ROOT).replace('-', '_');
        String ip = service.getSpec().getClusterIP();
        List<ServicePort> ports = PodView.orEmpty(service.getSpec().getPorts());
        if (ports.isEmpty()) {
            return;
        }
        out.put(prefix + "_SERVICE_HOST", ip);
        out.put(prefix + "_SERVICE_PORT", ports.getFirst().getPort().toString());
        for (ServicePort port : ports) {
            if (port.getName() != null && !port.getName().isEmpty()) {
                out.put(
                        prefix + "_SERVICE_PORT_"
                                + port.getName().toUpperCase(Locale.ROOT).replace('-', '_'),
                        port.getPort().toString());
            }
        }
        out.put(prefix + "_PORT", url(ports.getFirst(), ip));
        for (ServicePort port : ports) {
            String one = prefix + "_PORT_" + port.getPort() + "_" + protocol(port);
            out.put(one, url(port, ip));
            out.put(one + "_PROTO", protocol(port).toLowerCase(Locale.ROOT));
            out.put(one + "_PORT", port.getPort().toString());
            out.put(one + "_ADDR", ip);
        }
    }

    private static String url(ServicePort port, String ip) {
        String host = ip.indexOf(':') >= 0 ? "[" + ip + "]" : ip;
        return protocol(port).toLowerCase(Locale.ROOT) + "://" + host + ":" + port.getPort();
    }

    private static String protocol(ServicePort port) {
        return port.getProtocol() == null ? "TCP" : port.getProtocol();
    }
}
