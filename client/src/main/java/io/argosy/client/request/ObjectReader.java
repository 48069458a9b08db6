package io.argosy.client.request;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/** Reads objects and lists of one type; lists are read as they come, so no list is held twice. */
final class ObjectReader<T extends HasMetadata> {

    private final ResourceType<T> type;

    ObjectReader(ResourceType<T> type) {
        this.type = type;
    }

    T object(byte[] json) {
        return named(ObjectJson.read(json, type.javaType()));
    }

    T object(JsonNode tree) {
        return named(ObjectJson.convert(tree, type.javaType()));
    }

    T object(JsonParser parser) {
        return named(ObjectJson.mapper().readValue(parser, type.javaType()));
    }

    /** Items of a list do not say what they are, and metadata says it is metadata. */
    private T named(T object) {
        if (object instanceof GenericKubernetesResource generic && (type.metadataOnly() || generic.getKind() == null)) {
            generic.setKind(type.kind());
            generic.setApiVersion(type.resource().groupVersion().toString());
        }
        return object;
    }

    ObjectList<T> list(InputStream json) {
        List<T> items = new ArrayList<>();
        String version = "";
        String token = "";
        try (JsonParser parser = ObjectJson.mapper().createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("metadata") && value == JsonToken.START_OBJECT) {
                    JsonNode metadata = ObjectJson.mapper().readTree(parser);
                    version = metadata.path("resourceVersion").asString("");
                    token = metadata.path("continue").asString("");
                } else if (name.equals("items") && value == JsonToken.START_ARRAY) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        items.add(object(parser));
                    }
                } else {
                    parser.skipChildren();
                }
            }
        }
        return new ObjectList<>(items, version, token);
    }
}
