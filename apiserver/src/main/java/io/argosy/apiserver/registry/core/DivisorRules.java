package io.argosy.apiserver.registry.core;

import io.argosy.apimodel.quantity.Quantity;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Spot;
import java.util.List;
import java.util.Optional;

/** Rules of what a container's resources are divided by before they are told to it. */
final class DivisorRules {

    private static final List<String> OF_CPU = List.of("1m", "1");
    private static final List<String> OF_BYTES =
            List.of("1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei");

    private DivisorRules() {}

    /** @param reference a {@code ResourceFieldSelector} */
    static void check(Spot reference) {
        Spot divisor = reference.at("divisor");
        Optional<Quantity> amount = divisor.quantity().filter(found -> found.signum() != 0);
        String resource = reference.text("resource");
        String kind = resource.substring(resource.indexOf('.') + 1);
        if (amount.isEmpty()) {
            return;
        }
        String told = amount.get().toString();
        switch (kind) {
            case "cpu" -> {
                if (!OF_CPU.contains(told)) {
                    divisor.invalid(
                            Value.of(resource), "only divisor's values 1m and 1 are supported with the cpu resource");
                }
            }
            case "memory" -> bytes(divisor, told, resource, "memory");
            case "ephemeral-storage" -> bytes(divisor, told, resource, "local ephemeral storage");
            default -> {
                if (kind.startsWith("hugepages-")) {
                    bytes(divisor, told, resource, "hugepages");
                }
            }
        }
    }

    private static void bytes(Spot divisor, String told, String resource, String kind) {
        if (!OF_BYTES.contains(told)) {
            divisor.invalid(
                    Value.of(resource),
                    "only divisor's values " + String.join(", ", OF_BYTES) + " are supported with the " + kind
                            + " resource");
        }
    }
}
