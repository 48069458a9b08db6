package io.argosy.apimodel.conversion;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Definitions of custom resources. {@code v1beta1}, in which they are stored, says once for all versions what
 * {@code v1} says for each.
 */
final class CustomResourceConversion {

    /** What a version says in v1, and where v1beta1 says it for all. */
    private static final Map<String, String> SHARED = Map.of(
            "schema", "validation",
            "subresources", "subresources",
            "additionalPrinterColumns", "additionalPrinterColumns",
            "selectableFields", "selectableFields");

    private CustomResourceConversion() {}

    static void toBeta(ObjectValue definition) {
        ObjectValue spec = definition.objectOrNew("spec");
        List<ObjectValue> versions = versions(spec);
        versions.forEach(version -> renameColumns(version, "jsonPath", "JSONPath"));
        if (!versions.isEmpty()) {
            versions.getFirst().at("name").ifPresent(name -> spec.put("version", name));
            SHARED.forEach((own, shared) -> gather(spec, versions, own, shared));
        }
        if (!spec.has("preserveUnknownFields")) {
            spec.put("preserveUnknownFields", false);
        }
        spec.object("conversion")
                .ifPresent(conversion -> conversion
                        .remove("webhook")
                        .filter(ObjectValue.class::isInstance)
                        .ifPresent(webhook -> {
                            ObjectValue hook = (ObjectValue) webhook;
                            hook.at("clientConfig").ifPresent(client -> conversion.put("webhookClientConfig", client));
                            hook.at("conversionReviewVersions")
                                    .ifPresent(reviews -> conversion.put("conversionReviewVersions", reviews));
                        }));
    }

    /** Moves what all versions say alike. */
    private static void gather(ObjectValue spec, List<ObjectValue> versions, String own, String shared) {
        Optional<Value> first = versions.getFirst().at(own);
        if (versions.stream().allMatch(version -> version.at(own).equals(first))) {
            first.ifPresent(value -> spec.put(shared, value));
            versions.forEach(version -> version.remove(own));
        }
    }

    static void fromBeta(ObjectValue definition) {
        ObjectValue spec = definition.objectOrNew("spec");
        Optional<Value> only = spec.remove("version");
        if (versions(spec).isEmpty() && only.isPresent()) {
            ObjectValue version = new ObjectValue()
                    .put("name", only.get())
                    .put("served", true)
                    .put("storage", true);
            spec.put("versions", ArrayValue.of(version));
        }
        List<ObjectValue> versions = versions(spec);
        SHARED.forEach((own, shared) ->
                spec.remove(shared).ifPresent(value -> versions.forEach(version -> version.put(own, value.copy()))));
        versions.forEach(version -> renameColumns(version, "JSONPath", "jsonPath"));
        if (spec.at("preserveUnknownFields").isEmpty()) {
            spec.put("preserveUnknownFields", true);
        } else if (!spec.isTrue("preserveUnknownFields")) {
            spec.remove("preserveUnknownFields");
        }
        spec.object("conversion").ifPresent(CustomResourceConversion::nestWebhook);
    }

    private static void nestWebhook(ObjectValue conversion) {
        Optional<Value> client = conversion.remove("webhookClientConfig");
        Optional<Value> reviews = conversion.remove("conversionReviewVersions");
        if (client.isPresent() || reviews.isPresent()) {
            ObjectValue webhook = new ObjectValue();
            client.ifPresent(value -> webhook.put("clientConfig", value));
            reviews.ifPresent(value -> webhook.put("conversionReviewVersions", value));
            conversion.put("webhook", webhook);
        }
    }

    private static List<ObjectValue> versions(ObjectValue spec) {
        return spec.array("versions").stream().flatMap(ArrayValue::objects).toList();
    }

    private static void renameColumns(ObjectValue version, String from, String to) {
        version.array("additionalPrinterColumns").stream()
                .flatMap(ArrayValue::objects)
                .forEach(column -> column.remove(from).ifPresent(path -> column.put(to, path)));
    }
}
