package io.argosy.apiserver.registry.pod;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.time.ApiTime;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How an eviction takes from a disruption budget. */
final class DisruptionBudgets {

    /** Evictions that the controller has not confirmed yet. */
    private static final int MAXIMUM_UNCONFIRMED = 2000;

    private static final GroupResource RESOURCE = new GroupResource("policy", "poddisruptionbudget");
    private static final String REFUSAL = "Cannot evict pod as it would violate the pod's disruption budget.";

    private DisruptionBudgets() {}

    /** The budget with one disruption less and the pod noted. */
    static ObjectValue take(ObjectValue budget, String pod, Instant now) {
        String name = budget.string("metadata", "name").orElse("");
        ObjectValue status = budget.objectOrNew("status");
        if (status.integer("observedGeneration").orElse(0L)
                < budget.integer("metadata", "generation").orElse(0L)) {
            throw tooManyRequests("The disruption budget " + name + " is still being processed by the server.");
        }
        long allowed = status.integer("disruptionsAllowed").orElse(0L);
        if (allowed < 0) {
            throw ApiException.forbidden(RESOURCE, name, "pdb disruptions allowed is negative");
        }
        if (status.object("disruptedPods").map(ObjectValue::size).orElse(0) > MAXIMUM_UNCONFIRMED) {
            throw ApiException.forbidden(
                    RESOURCE, name, "DisruptedPods map too big - too many evictions not confirmed by PDB controller");
        }
        if (allowed == 0) {
            throw refusal(0, why(name, status));
        }
        status.put("disruptionsAllowed", allowed - 1);
        if (allowed == 1) {
            markExhausted(budget, status, now);
        }
        status.objectOrNew("disruptedPods").put(pod, ApiTime.format(now));
        return budget;
    }

    private static Optional<ObjectValue> condition(ObjectValue status) {
        return status.array("conditions").stream()
                .flatMap(ArrayValue::objects)
                .filter(condition -> condition.string("type").orElse("").equals("DisruptionAllowed"))
                .findFirst();
    }

    private static String why(String name, ObjectValue status) {
        Optional<ObjectValue> denied = condition(status)
                .filter(condition -> condition.string("status").orElse("").equals("False"))
                .filter(condition -> !condition.string("message").orElse("").isEmpty());
        String reason = denied.flatMap(condition -> condition.string("reason")).orElse("");
        String message =
                denied.flatMap(condition -> condition.string("message")).orElse("");
        String subject = "The disruption budget " + name;
        if (reason.equals("SyncFailed")) {
            return subject + " does not allow evicting pods currently because it failed sync: " + message;
        }
        long healthy = status.integer("currentHealthy").orElse(0L);
        long desired = status.integer("desiredHealthy").orElse(0L);
        if (healthy <= desired) {
            return subject + " needs " + desired + " healthy pods and has " + healthy + " currently";
        }
        return denied.isPresent()
                ? subject + " does not allow evicting pods currently (" + reason + "): " + message
                : subject + " does not allow evicting pods currently";
    }

    private static void markExhausted(ObjectValue budget, ObjectValue status, Instant now) {
        ObjectValue condition = condition(status).orElseGet(() -> {
            ObjectValue created = new ObjectValue().put("type", "DisruptionAllowed");
            status.arrayOrNew("conditions").add(created);
            return created;
        });
        if (!condition.string("status").orElse("").equals("False")) {
            condition.put("lastTransitionTime", ApiTime.format(now));
        }
        condition.put("status", "False").put("reason", "InsufficientPods").put("message", "");
        budget.integer("metadata", "generation").ifPresent(generation -> {
            condition.put("observedGeneration", generation);
        });
    }

    /** A refusal that asks to come again; the message may be empty. */
    static ApiException tooManyRequests(String message) {
        return refusal(10, message);
    }

    private static ApiException refusal(int seconds, String message) {
        List<ApiException.Cause> causes =
                message.isEmpty() ? List.of() : List.of(new ApiException.Cause("DisruptionBudget", message, ""));
        return new ApiException(
                429,
                "TooManyRequests",
                REFUSAL,
                new ApiException.Details(
                        "", "", "", "", causes, seconds == 0 ? OptionalInt.empty() : OptionalInt.of(seconds)));
    }
}
