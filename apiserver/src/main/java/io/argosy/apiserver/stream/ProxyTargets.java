package io.argosy.apiserver.stream;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.objects.ClusterObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Where the proxy subresources of pods, Services and nodes lead. */
public final class ProxyTargets {

    private static final GroupResource PODS = new GroupResource("", "pods");
    private static final GroupResource SERVICES = new GroupResource("", "services");
    private static final GroupResource SLICES = new GroupResource("discovery.k8s.io", "endpointslices");
    private static final String SERVICE_LABEL = "kubernetes.io/service-name";

    private final ClusterObjects objects;
    private final KubeletAccess kubelets;
    private final BackendTls unverified;
    private final RandomGenerator random;

    public ProxyTargets(ClusterObjects objects, KubeletAccess kubelets, RandomGenerator random) {
        this.objects = objects;
        this.kubelets = kubelets;
        this.unverified = BackendTls.unverified();
        this.random = random;
    }

    /** A name as the path has it: {@code [scheme:]name[:port]}. */
    record Name(String scheme, String name, String port) {

        static Name parse(String text, GroupResource resource) {
            String[] parts = text.split(":", -1);
            Name parsed = switch (parts.length) {
                case 1 -> new Name("", parts[0], "");
                case 2 -> new Name("", parts[0], parts[1]);
                case 3 -> new Name(parts[0], parts[1], parts[2]);
                default -> new Name("?", "", "");
            };
            boolean known = parsed.scheme().isEmpty()
                    || parsed.scheme().equals("http")
                    || parsed.scheme().equals("https");
            if (!known || parsed.name().isEmpty()) {
                String kind = resource.equals(PODS) ? "pod" : resource.equals(SERVICES) ? "service" : "node";
                throw ApiException.badRequest("invalid " + kind + " request \"" + text + "\"");
            }
            return parsed;
        }
    }

    public Backend pod(String namespace, String text, String path, String query) {
        Name name = Name.parse(text, PODS);
        ObjectValue pod = objects.findLatest(PODS, namespace, name.name())
                .orElseThrow(() -> ApiException.notFound(PODS, name.name()));
        String ip = pod.string("status", "podIP")
                .filter(address -> !address.isEmpty())
                .orElseThrow(() -> ApiException.badRequest("address not allowed"));
        int port = name.port().isEmpty() ? firstContainerPort(pod).orElse(80) : number(name.port());
        return backend(name.scheme(), ip, port, path, query);
    }

    private static Optional<Integer> firstContainerPort(ObjectValue pod) {
        return pod.array("spec", "containers").stream()
                .flatMap(ArrayValue::objects)
                .flatMap(container -> container.array("ports").stream())
                .flatMap(ArrayValue::objects)
                .flatMap(port -> port.integer("containerPort").stream())
                .map(Long::intValue)
                .findFirst();
    }

    public Backend node(String text, String path, String query) {
        Name name = Name.parse(text, new GroupResource("", "nodes"));
        Backend kubelet = kubelets.at(name.name(), path, query);
        if (name.port().isEmpty() || number(name.port()) == kubelet.port()) {
            return kubelet;
        }
        return backend(name.scheme(), kubelet.host(), number(name.port()), path, query);
    }

    public Backend service(String namespace, String text, String path, String query) {
        Name name = Name.parse(text, SERVICES);
        ObjectValue service = objects.findLatest(SERVICES, namespace, name.name())
                .orElseThrow(() -> ApiException.notFound(SERVICES, name.name()));
        String port = portName(service, name);
        List<Backend> candidates = new ArrayList<>();
        for (ObjectValue slice : objects.list(SLICES, namespace)) {
            boolean ours =
                    slice.string("metadata", "labels", SERVICE_LABEL).orElse("").equals(name.name());
            if (ours && !slice.string("addressType").orElse("").equals("FQDN")) {
                addCandidates(slice, port, name.scheme(), path, query, candidates);
            }
        }
        if (candidates.isEmpty()) {
            throw ApiException.serviceUnavailable("no endpoints available for service \"" + text + "\"");
        }
        return candidates.get(random.nextInt(candidates.size()));
    }

    private static String portName(ObjectValue service, Name name) {
        if (name.port().isEmpty()) {
            return "";
        }
        return service.array("spec", "ports").stream()
                .flatMap(ArrayValue::objects)
                .filter(port -> port.string("name").orElse("").equals(name.port())
                        || port.integer("port").map(String::valueOf).orElse("").equals(name.port()))
                .map(port -> port.string("name").orElse(""))
                .findFirst()
                .orElseThrow(() -> ApiException.serviceUnavailable(
                        "no service port \"" + name.port() + "\" found for service \"" + name.name() + "\""));
    }

    private void addCandidates(
            ObjectValue slice, String portName, String scheme, String path, String query, List<Backend> candidates) {
        Optional<Integer> port = slice.array("ports").stream()
                .flatMap(ArrayValue::objects)
                .filter(each -> each.string("name").orElse("").equals(portName))
                .flatMap(each -> each.integer("port").stream())
                .map(Long::intValue)
                .findFirst();
        if (port.isEmpty()) {
            return;
        }
        slice.array("endpoints").stream()
                .flatMap(ArrayValue::objects)
                .filter(endpoint -> !endpoint.at("conditions", "ready").equals(Optional.of(BooleanValue.FALSE)))
                .flatMap(endpoint -> endpoint.array("addresses").stream())
                .flatMap(ArrayValue::strings)
                .forEach(address -> candidates.add(backend(scheme, address, port.get(), path, query)));
    }

    private Backend backend(String scheme, String host, int port, String path, String query) {
        return new Backend(
                host,
                port,
                path,
                query,
                scheme.equals("https") ? Optional.of(unverified.context()) : Optional.empty(),
                false);
    }

    private static int number(String port) {
        try {
            return Integer.parseInt(port);
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("invalid port \"" + port + "\"");
        }
    }
}
