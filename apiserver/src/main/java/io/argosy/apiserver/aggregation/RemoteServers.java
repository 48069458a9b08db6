package io.argosy.apiserver.aggregation;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import io.argosy.apiserver.stream.Backend;
import io.argosy.apiserver.stream.BackendFetch;
import io.argosy.apiserver.stream.BackendTls;
import io.argosy.daemon.http.HttpHeaders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Finds the servers behind APIServices: an endpoint of the Service, and how to speak to it. Thread-safe. */
final class RemoteServers {

    private static final String SERVICE_LABEL = "kubernetes.io/service-name";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LARGEST_DOCUMENT = 32 << 20;
    private static final int MOST_TRUSTS = 500;
    private static final UserInfo SELF = UserInfo.of("system:kube-aggregator", UserInfo.MASTERS_GROUP);

    private final ClusterObjects objects;
    private final Optional<Path> certificate;
    private final Optional<Path> key;
    private final RandomGenerator random;
    private final Map<BackendTls.Trust, BackendTls> trusts = new LinkedHashMap<>(16, 0.75f, true);

    /** @param certificate and {@code key}: what tells the others that this server may speak for its clients */
    RemoteServers(ClusterObjects objects, Optional<Path> certificate, Optional<Path> key, RandomGenerator random) {
        this.objects = objects;
        this.certificate = certificate;
        this.key = key;
        this.random = random;
    }

    Optional<ObjectValue> service(ServedApi.Service target) {
        return objects.find(Resources.SERVICES, target.namespace(), target.name());
    }

    List<ObjectValue> slices(ServedApi.Service target) {
        return objects.list(Resources.ENDPOINT_SLICES, target.namespace()).stream()
                .filter(slice -> slice.string("metadata", "labels", SERVICE_LABEL)
                        .orElse("")
                        .equals(target.name()))
                .toList();
    }

    /** A server for a request; empty when there is none. */
    Optional<Backend> backend(ServedApi api, String path, String query) {
        ServedApi.Service target = api.service().orElseThrow();
        BackendTls tls = tls(api);
        return address(target)
                .map(address -> new Backend(
                        address.host(),
                        address.port(),
                        path,
                        query,
                        Optional.of(tls.context()),
                        tls.verifies(),
                        target.serverName()));
    }

    private record Address(String host, int port) {}

    private Optional<Address> address(ServedApi.Service target) {
        Optional<ObjectValue> service = service(target);
        if (service.isEmpty()) {
            return Optional.empty();
        }
        if (service.get().string("spec", "type").orElse("").equals("ExternalName")) {
            return service.get().string("spec", "externalName").map(name -> new Address(name, target.port()));
        }
        Optional<String> port = Availability.portName(service.get(), target.port());
        List<Address> addresses = new ArrayList<>();
        port.ifPresent(name -> slices(target).forEach(slice -> addAddresses(slice, name, addresses)));
        return addresses.isEmpty() ? Optional.empty() : Optional.of(addresses.get(random.nextInt(addresses.size())));
    }

    private static void addAddresses(ObjectValue slice, String portName, List<Address> addresses) {
        slice.array("ports").stream()
                .flatMap(ArrayValue::objects)
                .filter(port -> port.string("name").orElse("").equals(portName))
                .flatMap(port -> port.integer("port").stream())
                .findFirst()
                .ifPresent(port -> slice.array("endpoints").stream()
                        .flatMap(ArrayValue::objects)
                        .filter(Availability::ready)
                        .flatMap(endpoint -> endpoint.array("addresses").stream())
                        .flatMap(ArrayValue::strings)
                        .forEach(address -> addresses.add(new Address(address, port.intValue()))));
    }

    private synchronized BackendTls tls(ServedApi api) {
        BackendTls.Trust trust = api.insecure()
                ? new BackendTls.Trust.Everybody()
                : api.caBundle().isEmpty()
                        ? new BackendTls.Trust.SystemStore()
                        : new BackendTls.Trust.Bundle(api.caBundle());
        BackendTls known = trusts.computeIfAbsent(trust, _ -> new BackendTls(certificate, key, trust));
        if (trusts.size() > MOST_TRUSTS) {
            trusts.remove(trusts.keySet().iterator().next());
        }
        return known;
    }

    /** Reads a document in the name of this server. */
    BackendFetch.Answer get(ServedApi api, String path, String accept) throws IOException {
        Backend backend = backend(api, path, "")
                .orElseThrow(() -> new IOException("no endpoints available for service \""
                        + api.service().orElseThrow().name() + "\""));
        HttpHeaders headers = RemoteUser.dress(HttpHeaders.of("Accept", accept), SELF);
        return BackendFetch.get(backend, headers, PATIENCE, LARGEST_DOCUMENT);
    }
}
