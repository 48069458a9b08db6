package io.argosy.apiserver.table;

import io.argosy.apimodel.tree.ObjectValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Requests for certificates. */
final class CertificateCells {

    private CertificateCells() {}

    static Map<String, CellFunction> functions() {
        return Map.of(
                "request.duration", CellFunction.text(CertificateCells::duration),
                "request.condition", CellFunction.text(CertificateCells::condition),
                "podRequest.state", CellFunction.text(CertificateCells::podState));
    }

    private static String duration(ObjectValue request) {
        return request.integer("spec", "expirationSeconds")
                .map(seconds -> HumanDuration.of(Duration.ofSeconds(seconds)))
                .orElse("<none>");
    }

    private static String condition(ObjectValue request) {
        StringBuilder status = new StringBuilder();
        if (has(request, "Denied")) {
            status.append("Denied");
        } else {
            status.append(has(request, "Approved") ? "Approved" : "Pending");
        }
        if (has(request, "Failed")) {
            status.append(",Failed");
        }
        if (!request.string("status", "certificate").orElse("").isEmpty()) {
            status.append(",Issued");
        }
        return status.toString();
    }

    private static boolean has(ObjectValue request, String type) {
        return Conditions.find(request, type).isPresent();
    }

    private static String podState(ObjectValue request) {
        return Conditions.of(request).stream()
                .map(condition -> condition.string("type").orElse(""))
                .filter(List.of("Issued", "Denied", "Failed")::contains)
                .reduce("Pending", (_, last) -> last);
    }
}
