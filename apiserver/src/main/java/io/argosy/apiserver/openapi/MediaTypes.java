package io.argosy.apiserver.openapi;

import io.argosy.apimodel.definition.ResourceDefinition;
import java.util.List;

/**
 * The media types of a resource.
 *
 * @param streams what lists and watches come as
 */
record MediaTypes(List<String> objects, List<String> streams, List<String> patches, List<String> texts) {

    private static final String JSON = "application/json";
    private static final String YAML = "application/yaml";
    private static final String CBOR = "application/cbor";
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final String STREAM = ";stream=watch";

    static final MediaTypes BUILT_IN = new MediaTypes(
            List.of(CBOR, JSON, PROTOBUF, YAML),
            List.of(CBOR, "application/cbor-seq", JSON, JSON + STREAM, PROTOBUF, PROTOBUF + STREAM, YAML),
            List.of(
                    "application/apply-patch+cbor",
                    "application/apply-patch+yaml",
                    "application/json-patch+json",
                    "application/merge-patch+json",
                    "application/strategic-merge-patch+json"),
            List.of(CBOR, JSON, PROTOBUF, YAML, "text/plain"));

    private static final MediaTypes CUSTOM = new MediaTypes(
            List.of(JSON, YAML),
            List.of(JSON, YAML),
            List.of("application/apply-patch+yaml", "application/json-patch+json", "application/merge-patch+json"),
            List.of());

    static MediaTypes of(ResourceDefinition resource) {
        return resource.builtIn() ? BUILT_IN : CUSTOM;
    }
}
