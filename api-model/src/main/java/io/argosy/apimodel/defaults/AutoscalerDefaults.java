package io.argosy.apimodel.defaults;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;

/** Horizontal pod autoscalers without metrics follow the CPU; scaling rules that are partly given are completed. */
final class AutoscalerDefaults {

    private static final long CPU_UTILIZATION = 80;
    private static final long PERIOD_SECONDS = 15;

    private AutoscalerDefaults() {}

    static void fill(ObjectValue autoscaler) {
        ObjectValue spec = autoscaler.objectOrNew("spec");
        if (spec.array("metrics").filter(metrics -> !metrics.isEmpty()).isEmpty()) {
            spec.put("metrics", ArrayValue.of(cpuMetric()));
        }
        spec.object("behavior").ifPresent(behavior -> {
            behavior.put("scaleUp", complete(behavior.object("scaleUp").orElseGet(ObjectValue::new), scaleUp()));
            behavior.put("scaleDown", complete(behavior.object("scaleDown").orElseGet(ObjectValue::new), scaleDown()));
        });
    }

    private static ObjectValue cpuMetric() {
        ObjectValue target = new ObjectValue().put("type", "Utilization").put("averageUtilization", CPU_UTILIZATION);
        return new ObjectValue()
                .put("type", "Resource")
                .put("resource", new ObjectValue().put("name", "cpu").put("target", target));
    }

    private static ObjectValue scaleUp() {
        return new ObjectValue()
                .put("stabilizationWindowSeconds", 0)
                .put("selectPolicy", "Max")
                .put("policies", ArrayValue.of(policy("Pods", 4), policy("Percent", 100)));
    }

    private static ObjectValue scaleDown() {
        return new ObjectValue().put("selectPolicy", "Max").put("policies", ArrayValue.of(policy("Percent", 100)));
    }

    private static ObjectValue policy(String type, long value) {
        return new ObjectValue().put("type", type).put("value", value).put("periodSeconds", PERIOD_SECONDS);
    }

    private static ObjectValue complete(ObjectValue given, ObjectValue standard) {
        given.fields().forEach(standard::put);
        return standard;
    }
}
