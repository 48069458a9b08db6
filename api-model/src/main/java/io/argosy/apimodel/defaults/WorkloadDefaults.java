package io.argosy.apimodel.defaults;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;

/** Replication controllers, stateful sets and jobs; other workloads are said by data alone. */
final class WorkloadDefaults {

    private static final long BACKOFF_LIMIT = 6;

    private WorkloadDefaults() {}

    static void fillReplicationController(ObjectValue controller) {
        controller.object("spec", "template", "metadata", "labels").ifPresent(labels -> {
            ObjectValue spec = controller.objectOrNew("spec");
            if (spec.object("selector").filter(selector -> !selector.isEmpty()).isEmpty()) {
                spec.put("selector", labels.copy());
            }
            fillLabels(controller, labels);
        });
    }

    static void fillJob(ObjectValue job) {
        ObjectValue spec = job.objectOrNew("spec");
        if (!spec.has("completions") && !spec.has("parallelism")) {
            spec.put("completions", 1);
        }
        fill(spec, "parallelism", 1);
        fill(spec, "backoffLimit", spec.has("backoffLimitPerIndex") ? Integer.MAX_VALUE : BACKOFF_LIMIT);
        job.object("spec", "template", "metadata", "labels").ifPresent(labels -> fillLabels(job, labels));
        fill(spec, "completionMode", "NonIndexed");
        fill(spec, "suspend", false);
        fill(spec, "podReplacementPolicy", spec.has("podFailurePolicy") ? "Failed" : "TerminatingOrFailed");
        fill(spec, "manualSelector", false);
    }

    /** The templates of claims say what they are. */
    static void fillStatefulSetSpec(ObjectValue spec) {
        spec.array("volumeClaimTemplates").stream().flatMap(ArrayValue::objects).forEach(claim -> {
            fill(claim, "apiVersion", "v1");
            fill(claim, "kind", "PersistentVolumeClaim");
        });
    }

    private static void fillLabels(ObjectValue object, ObjectValue labels) {
        ObjectValue metadata = object.objectOrNew("metadata");
        if (metadata.object("labels").filter(own -> !own.isEmpty()).isEmpty()) {
            metadata.put("labels", labels.copy());
        }
    }

    private static void fill(ObjectValue spec, String field, long value) {
        if (!spec.has(field)) {
            spec.put(field, value);
        }
    }

    private static void fill(ObjectValue spec, String field, String value) {
        if (!spec.has(field)) {
            spec.put(field, value);
        }
    }

    private static void fill(ObjectValue spec, String field, boolean value) {
        if (!spec.has(field)) {
            spec.put(field, value);
        }
    }
}
