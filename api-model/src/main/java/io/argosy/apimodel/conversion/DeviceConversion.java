package io.argosy.apimodel.conversion;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.stream.Stream;

/** Claims and slices of devices: {@code v1beta1} says of a request what later versions say under {@code exactly}. */
final class DeviceConversion {

    private static final List<String> EXACT = List.of(
            "deviceClassName", "selectors", "allocationMode", "count", "adminAccess", "tolerations", "capacity");
    private static final String NAME = "name";
    private static final String BASIC = "basic";

    private DeviceConversion() {}

    static void toFirstBeta(ObjectValue object) {
        requests(object)
                .forEach(request -> request.remove("exactly")
                        .filter(ObjectValue.class::isInstance)
                        .ifPresent(exactly -> ((ObjectValue) exactly).fields().forEach(request::put)));
        devices(object).forEach(device -> {
            ObjectValue basic = new ObjectValue();
            device.fields().forEach((name, value) -> {
                if (!name.equals(NAME)) {
                    basic.put(name, value);
                }
            });
            device.fields().keySet().retainAll(List.of(NAME));
            device.put(BASIC, basic);
        });
    }

    static void fromFirstBeta(ObjectValue object) {
        requests(object).forEach(request -> {
            ObjectValue exactly = new ObjectValue();
            EXACT.forEach(name -> request.remove(name).ifPresent(value -> exactly.put(name, value)));
            if (!exactly.isEmpty()) {
                request.put("exactly", exactly);
            }
        });
        devices(object)
                .forEach(device -> device.remove(BASIC)
                        .filter(ObjectValue.class::isInstance)
                        .ifPresent(basic -> ((ObjectValue) basic).fields().forEach(device::put)));
    }

    /** The requests of a claim, or of the claim in a template. */
    private static Stream<ObjectValue> requests(ObjectValue object) {
        return Stream.of(
                        object.array("spec", "devices", "requests"),
                        object.array("spec", "spec", "devices", "requests"))
                .flatMap(list -> list.stream().flatMap(ArrayValue::objects));
    }

    /** The devices of a slice. */
    private static Stream<ObjectValue> devices(ObjectValue object) {
        return object.array("spec", "devices").stream().flatMap(ArrayValue::objects);
    }
}
