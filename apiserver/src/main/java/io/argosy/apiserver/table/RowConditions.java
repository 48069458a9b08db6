package io.argosy.apiserver.table;

import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;

/** Marks the rows of pods that have come to their end. */
final class RowConditions {

    private RowConditions() {}

    static ArrayValue of(ResourceDefinition resource, ObjectValue object) {
        if (!resource.group().isEmpty() || !resource.names().plural().equals("pods")) {
            return new ArrayValue();
        }
        return switch (object.string("status", "phase").orElse("")) {
            case "Succeeded" -> completed("Succeeded", "The pod has completed successfully.");
            case "Failed" -> completed("Failed", "The pod failed.");
            default -> new ArrayValue();
        };
    }

    private static ArrayValue completed(String reason, String message) {
        return ArrayValue.of(new ObjectValue()
                .put("type", "Completed")
                .put("status", "True")
                .put("reason", reason)
                .put("message", message));
    }
}
