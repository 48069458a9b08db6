package io.argosy.apiserver.cache;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.List;

/**
 * CustomResourceDefinitions as upstream stores them to this day: in apiextensions.k8s.io/v1beta1, which is no longer
 * served. What all versions have in common stands there once, above the versions.
 */
final class StoredDefinitions {

    static final String API_VERSION = "apiextensions.k8s.io/v1beta1";

    private StoredDefinitions() {}

    /** The definition in v1. */
    static ObjectValue toV1(ObjectValue definition) {
        definition.put("apiVersion", "apiextensions.k8s.io/v1");
        definition.object("spec").ifPresent(StoredDefinitions::spec);
        return definition;
    }

    private static void spec(ObjectValue spec) {
        String single = spec.string("version").orElse("");
        if (spec.array("versions").filter(versions -> !versions.isEmpty()).isEmpty() && !single.isEmpty()) {
            spec.put(
                    "versions",
                    ArrayValue.of(new ObjectValue()
                            .put("name", single)
                            .put("served", true)
                            .put("storage", true)));
        }
        List<ObjectValue> versions = spec.arrayOrNew("versions").objects().toList();
        share(spec, "validation", versions, "schema");
        share(spec, "subresources", versions, "subresources");
        share(spec, "additionalPrinterColumns", versions, "additionalPrinterColumns");
        share(spec, "selectableFields", versions, "selectableFields");
        versions.forEach(StoredDefinitions::columns);
        spec.remove("version");
        if (!spec.isTrue("preserveUnknownFields")) {
            spec.remove("preserveUnknownFields");
        }
        spec.object("conversion").ifPresent(StoredDefinitions::conversion);
    }

    /** Gives every version what stands above them. */
    private static void share(ObjectValue spec, String above, List<ObjectValue> versions, String name) {
        spec.remove(above).ifPresent(value -> {
            for (ObjectValue version : versions) {
                if (!version.has(name)) {
                    version.put(name, value.copy());
                }
            }
        });
    }

    private static void columns(ObjectValue version) {
        version.array("additionalPrinterColumns")
                .ifPresent(columns -> columns.objects()
                        .forEach(column -> column.remove("JSONPath").ifPresent(path -> column.put("jsonPath", path))));
    }

    private static void conversion(ObjectValue conversion) {
        ObjectValue webhook = new ObjectValue();
        conversion.remove("webhookClientConfig").ifPresent(config -> webhook.put("clientConfig", config));
        conversion
                .remove("conversionReviewVersions")
                .filter(StoredDefinitions::notEmpty)
                .ifPresent(versions -> webhook.put("conversionReviewVersions", versions));
        if (!webhook.isEmpty()) {
            conversion.put("webhook", webhook);
        }
    }

    private static boolean notEmpty(Value versions) {
        return versions instanceof ArrayValue list && !list.isEmpty();
    }
}
