package io.argosy.apiserver.callout;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The addresses behind Services, in an order that spreads the calls. */
public final class ServiceAddresses {

    private static final String SERVICE_LABEL = "kubernetes.io/service-name";

    private final ClusterObjects objects;
    private final RandomGenerator random;

    public ServiceAddresses(ClusterObjects objects, RandomGenerator random) {
        this.objects = objects;
        this.random = random;
    }

    /** Ready endpoints; never empty. */
    List<InetSocketAddress> of(CallTarget.ServiceTarget target) throws CalloutException {
        Optional<ObjectValue> service = objects.find(Resources.SERVICES, target.namespace(), target.name());
        if (service.isEmpty()) {
            throw new CalloutException("service \"" + target.name() + "\" not found");
        }
        if (service.get().string("spec", "type").orElse("").equals("ExternalName")) {
            String name = service.get().string("spec", "externalName").orElse("");
            return List.of(new InetSocketAddress(name, target.port()));
        }
        String port = portName(service.get(), target);
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (ObjectValue slice : objects.list(Resources.ENDPOINT_SLICES, target.namespace())) {
            if (slice.string("metadata", "labels", SERVICE_LABEL).orElse("").equals(target.name())) {
                add(slice, port, addresses);
            }
        }
        if (addresses.isEmpty()) {
            throw new CalloutException("no endpoints available for service \"" + target.name() + "\"");
        }
        Collections.shuffle(addresses, java.util.Random.from(random));
        return addresses;
    }

    private static String portName(ObjectValue service, CallTarget.ServiceTarget target) throws CalloutException {
        return service.array("spec", "ports").stream()
                .flatMap(ArrayValue::objects)
                .filter(port -> port.integer("port").orElse(0L) == target.port())
                .map(port -> port.string("name").orElse(""))
                .findFirst()
                .orElseThrow(() -> new CalloutException(
                        "no service port " + target.port() + " found for service \"" + target.name() + "\""));
    }

    private static void add(ObjectValue slice, String portName, List<InetSocketAddress> addresses) {
        Optional<Integer> port = slice.array("ports").stream()
                .flatMap(ArrayValue::objects)
                .filter(each -> each.string("name").orElse("").equals(portName))
                .flatMap(each -> each.integer("port").stream())
                .map(Long::intValue)
                .findFirst();
        boolean named = slice.string("addressType").orElse("").equals("FQDN");
        if (port.isEmpty() || named) {
            return;
        }
        slice.array("endpoints").stream()
                .flatMap(ArrayValue::objects)
                .filter(endpoint -> !endpoint.at("conditions", "ready").equals(Optional.of(BooleanValue.FALSE)))
                .flatMap(endpoint -> endpoint.array("addresses").stream())
                .flatMap(ArrayValue::strings)
                .forEach(address -> addresses.add(new InetSocketAddress(address, port.get())));
    }
}
