package io.argosy.client.request;

import java.nio.charset.StandardCharsets;

/** A patch in one of the forms that the API takes. The body is JSON (an apply also YAML). */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
public sealed interface Patch {

    byte[] body();

    String contentType();

    /** RFC 6902: a list of operations. */
    record JsonPatch(byte[] body) implements Patch {
        @Override
        public String contentType() {
            return "application/json-patch+json";
        }
    }

    /** RFC 7386. */
    record MergePatch(byte[] body) implements Patch {
        @Override
        public String contentType() {
            return "application/merge-patch+json";
        }
    }

    /** Lists merge by their keys; for built-in resources. */
    record StrategicMergePatch(byte[] body) implements Patch {
        @Override
        public String contentType() {
            return "application/strategic-merge-patch+json";
        }
    }

    /** Server-side apply; needs {@link WriteOptions#fieldManager}. */
    record ApplyPatch(byte[] body) implements Patch {
        @Override
        public String contentType() {
            return "application/apply-patch+yaml";
        }
    }

    static Patch json(String text) {
        return new JsonPatch(text.getBytes(StandardCharsets.UTF_8));
    }

    static Patch merge(String text) {
        return new MergePatch(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @param body what the JSON mapper turns into an object: a map, a tree, a fabric8 object */
    static Patch merge(Object body) {
        return new MergePatch(ObjectJson.write(body));
    }

    static Patch strategic(String text) {
        return new StrategicMergePatch(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @param body what the JSON mapper turns into an object: a map, a tree, a fabric8 object */
    static Patch strategic(Object body) {
        return new StrategicMergePatch(ObjectJson.write(body));
    }

    /** @param body what the JSON mapper turns into an object: a map, a tree, a fabric8 object */
    static Patch apply(Object body) {
        return new ApplyPatch(ObjectJson.write(body));
    }
}
