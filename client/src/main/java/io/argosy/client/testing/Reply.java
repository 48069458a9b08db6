package io.argosy.client.testing;

import io.argosy.client.request.ObjectJson;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** An answer of the in-memory server. */
record Reply(int status, JsonNode body) {

    byte[] bytes() {
        return ObjectJson.write(body);
    }

    static Reply ok(JsonNode body) {
        return new Reply(200, body);
    }

    static Reply error(int code, String reason, String message, String name, String resource) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("kind", "Status");
        status.put("apiVersion", "v1");
        status.put("metadata", Map.of());
        status.put("status", "Failure");
        status.put("message", message);
        status.put("reason", reason);
        status.put("details", Map.of("name", name, "kind", resource));
        status.put("code", code);
        return new Reply(code, ObjectJson.toTree(status));
    }

    static Reply success(String resource, String name, String uid) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("kind", "Status");
        status.put("apiVersion", "v1");
        status.put("metadata", Map.of());
        status.put("status", "Success");
        status.put("details", Map.of("name", name, "kind", resource, "uid", uid));
        return new Reply(200, ObjectJson.toTree(status));
    }
}
