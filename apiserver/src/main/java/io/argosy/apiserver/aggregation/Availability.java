package io.argosy.apiserver.aggregation;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.Optional;

/**
 * Whether an APIService can be used: what its condition says.
 *
 * @param status True or False
 */
record Availability(String status, String reason, String message) {

    static final String CONDITION = "Available";

    static final Availability LOCAL = new Availability("True", "Local", "Local APIServices are always available");
    static final Availability PASSED = new Availability("True", "Passed", "all checks passed");

    /** What can be said of a Service before it is asked; empty when it should be asked. */
    static Optional<Availability> ofService(
            ServedApi.Service target, Optional<ObjectValue> service, List<ObjectValue> slices) {
        String named = "service/" + target.name() + " in \"" + target.namespace() + "\"";
        if (service.isEmpty()) {
            return no("ServiceNotFound", named + " is not present");
        }
        if (!service.get().string("spec", "type").orElse("ClusterIP").equals("ClusterIP")) {
            return Optional.empty();
        }
        Optional<String> port = portName(service.get(), target.port());
        if (port.isEmpty()) {
            return no("ServicePortError", named + " is not listening on port " + target.port());
        }
        if (slices.isEmpty()) {
            return no("EndpointsNotFound", "cannot find endpointslices for " + named);
        }
        return slices.stream().anyMatch(slice -> hasEndpoint(slice, port.get()))
                ? Optional.empty()
                : no(
                        "MissingEndpoints",
                        "endpointslices for " + named + " have no addresses with port name \"" + port.get() + "\"");
    }

    static Availability failed(String why) {
        return new Availability("False", "FailedDiscoveryCheck", why);
    }

    private static Optional<Availability> no(String reason, String message) {
        return Optional.of(new Availability("False", reason, message));
    }

    /** The name of a Service's port, empty for a single unnamed one. */
    static Optional<String> portName(ObjectValue service, int port) {
        return service.array("spec", "ports").stream()
                .flatMap(ArrayValue::objects)
                .filter(each -> each.integer("port").orElse(0L) == port)
                .map(each -> each.string("name").orElse(""))
                .findFirst();
    }

    private static boolean hasEndpoint(ObjectValue slice, String portName) {
        boolean port = slice.array("ports").stream()
                .flatMap(ArrayValue::objects)
                .anyMatch(each -> each.string("name").orElse("").equals(portName));
        return port
                && slice.array("endpoints").stream()
                        .flatMap(ArrayValue::objects)
                        .anyMatch(Availability::ready);
    }

    static boolean ready(ObjectValue endpoint) {
        return !endpoint.at("conditions", "ready").equals(Optional.of(BooleanValue.FALSE))
                && endpoint.array("addresses").map(list -> !list.isEmpty()).orElse(false);
    }

    /** Puts the condition into an APIService; its time changes with its status only. */
    ObjectValue into(ObjectValue object, String now) {
        ObjectValue condition = ServedApi.condition(object).orElseGet(() -> {
            ObjectValue created = new ObjectValue();
            object.objectOrNew("status").arrayOrNew("conditions").add(created);
            return created;
        });
        if (!condition.string("status").orElse("").equals(status)) {
            condition.put("lastTransitionTime", now);
        }
        condition
                .put("message", message)
                .put("reason", reason)
                .put("status", status)
                .put("type", CONDITION);
        return object;
    }
}
