package io.argosy.apiserver.table;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Resource claims, pools of devices, and groups of pods. */
final class DeviceCells {

    private DeviceCells() {}

    static Map<String, CellFunction> functions() {
        return Map.of(
                "resourceClaim.state",
                CellFunction.text(DeviceCells::claimState),
                "pools.sum",
                DeviceCells::sum,
                "pools.errors",
                CellFunction.text(DeviceCells::errors),
                "pools.status",
                CellFunction.text(DeviceCells::poolStatus),
                "pools.completed",
                _ -> (request, now) -> Value.of(completed(request, now)),
                "podGroup.policy",
                CellFunction.text(group ->
                        group.object("spec", "schedulingPolicy", "gang").isPresent() ? "Gang" : "Basic"),
                "podGroup.workload",
                CellFunction.text(group -> group.string("spec", "podGroupTemplateRef", "workload", "workloadName")
                        .orElse("<none>")),
                "podGroup.status",
                CellFunction.text(DeviceCells::groupStatus));
    }

    private static String claimState(ObjectValue claim) {
        List<String> states = new ArrayList<>();
        boolean deleted = claim.string("metadata", "deletionTimestamp").isPresent();
        if (deleted) {
            states.add("deleted");
        }
        if (claim.object("status", "allocation").isPresent()) {
            states.add("allocated");
            if (claim.array("status", "reservedFor")
                    .filter(users -> !users.isEmpty())
                    .isPresent()) {
                states.add("reserved");
            }
        } else if (!deleted) {
            states.add("pending");
        }
        return String.join(",", states);
    }

    private static List<ObjectValue> pools(ObjectValue request) {
        return request.array("status", "pools").stream()
                .flatMap(ArrayValue::objects)
                .toList();
    }

    /** Whether there is an answer to count. */
    private static boolean answered(ObjectValue request) {
        return request.object("status").isPresent() && !stage(request).equals("Failed");
    }

    private static String stage(ObjectValue request) {
        return Conditions.of(request).stream()
                .filter(Conditions::isTrue)
                .map(condition -> condition.string("type").orElse(""))
                .filter(List.of("Complete", "Failed")::contains)
                .findFirst()
                .orElse("Pending");
    }

    private static Cell sum(List<String> arguments) {
        String field = arguments.getFirst();
        return (request, _) -> Value.of(
                answered(request)
                        ? Long.toString(pools(request).stream()
                                .mapToLong(pool -> pool.integer(field).orElse(0L))
                                .sum())
                        : "-");
    }

    private static String errors(ObjectValue request) {
        return answered(request)
                ? Long.toString(pools(request).stream()
                        .filter(pool -> pool.has("validationError"))
                        .count())
                : "-";
    }

    private static String poolStatus(ObjectValue request) {
        String stage = stage(request);
        long count = request.integer("status", "poolCount").orElse(0L);
        int told = pools(request).size();
        return stage.equals("Complete") && count > told ? "Complete (" + told + "/" + count + " pools)" : stage;
    }

    private static String completed(ObjectValue request, Instant now) {
        Optional<String> time = stage(request).equals("Complete")
                ? Conditions.find(request, "Complete").flatMap(condition -> condition.string("lastTransitionTime"))
                : Optional.empty();
        return time.map(text -> HumanDuration.since(text, now)).orElse("<none>");
    }

    private static String groupStatus(ObjectValue group) {
        Optional<ObjectValue> disrupted = Conditions.find(group, "DisruptionTarget");
        if (disrupted.isPresent()) {
            return disrupted.get().string("reason").orElse("");
        }
        return Conditions.find(group, "PodGroupScheduled")
                .map(condition -> Conditions.isTrue(condition) ? "Scheduled" : "Unschedulable")
                .orElse("Pending");
    }
}
