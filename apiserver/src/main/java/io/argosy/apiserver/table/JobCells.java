package io.argosy.apiserver.table;

import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.time.ApiTime;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Jobs, and what controls an object. */
final class JobCells {

    private JobCells() {}

    static Map<String, CellFunction> functions() {
        return Map.of(
                "job.status", CellFunction.text(JobCells::status),
                "job.completions", CellFunction.text(JobCells::completions),
                "job.duration", _ -> (job, now) -> Value.of(duration(job, now)),
                "controller", CellFunction.text(JobCells::controller));
    }

    private static String status(ObjectValue job) {
        for (String end : List.of("Complete", "Failed")) {
            if (Conditions.holds(job, end)) {
                return end;
            }
        }
        if (job.string("metadata", "deletionTimestamp").isPresent()) {
            return "Terminating";
        }
        return List.of("Suspended", "FailureTarget", "SuccessCriteriaMet").stream()
                .filter(type -> Conditions.holds(job, type))
                .findFirst()
                .orElse("Running");
    }

    private static String completions(ObjectValue job) {
        long succeeded = job.integer("status", "succeeded").orElse(0L);
        Optional<Long> wanted = job.integer("spec", "completions");
        if (wanted.isPresent()) {
            return succeeded + "/" + wanted.get();
        }
        long parallelism = job.integer("spec", "parallelism").orElse(0L);
        return parallelism > 1 ? succeeded + "/1 of " + parallelism : succeeded + "/1";
    }

    private static String duration(ObjectValue job, Instant now) {
        Optional<Instant> start = job.string("status", "startTime").flatMap(ApiTime::parse);
        Instant end =
                job.string("status", "completionTime").flatMap(ApiTime::parse).orElse(now);
        return start.map(then -> HumanDuration.of(Duration.between(then, end))).orElse("");
    }

    private static String controller(ObjectValue object) {
        return object.array("metadata", "ownerReferences").stream()
                .flatMap(ArrayValue::objects)
                .filter(owner -> owner.isTrue("controller"))
                .findFirst()
                .map(JobCells::ownerText)
                .orElse("<none>");
    }

    private static String ownerText(ObjectValue owner) {
        String group = GroupVersion.parse(owner.string("apiVersion").orElse("")).group();
        String kind = owner.string("kind").orElse("").toLowerCase(Locale.ROOT);
        String qualified = group.isEmpty() ? kind : kind + "." + group;
        return qualified + "/" + owner.string("name").orElse("");
    }
}
