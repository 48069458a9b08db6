package io.argosy.client.request;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The one JSON mapper for fabric8 objects: fields that they do not know are kept, nulls are left out. */
public final class ObjectJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ObjectJson() {}

    public static JsonMapper mapper() {
        return MAPPER;
    }

    public static byte[] write(Object object) {
        return MAPPER.writeValueAsBytes(object);
    }

    public static String writeString(Object object) {
        return MAPPER.writeValueAsString(object);
    }

    /** Throws {@link JacksonException} when the bytes are not such an object. */
    public static <T> T read(byte[] json, Class<T> type) {
        return MAPPER.readValue(new ByteArrayInputStream(json), type);
    }

    public static <T> T read(String json, Class<T> type) {
        return read(json.getBytes(StandardCharsets.UTF_8), type);
    }

    public static JsonNode tree(byte[] json) {
        return MAPPER.readTree(json);
    }

    public static <T> T convert(JsonNode tree, Class<T> type) {
        return MAPPER.treeToValue(tree, type);
    }

    public static JsonNode toTree(Object object) {
        return MAPPER.valueToTree(object);
    }

    /** A copy that shares nothing with its original: cached objects are read-only, change a copy. */
    public static <T> T copy(T object) {
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) object.getClass();
        return convert(toTree(object), type);
    }
}
