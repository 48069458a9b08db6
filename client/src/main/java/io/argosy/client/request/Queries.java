package io.argosy.client.request;

import java.util.LinkedHashMap;
import java.util.Map;

/** Turns options into query parameters and bodies. */
final class Queries {

    private Queries() {}

    static Map<String, String> of(ListQuery query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, "labelSelector", query.labelSelector());
        put(parameters, "fieldSelector", query.fieldSelector());
        put(parameters, "resourceVersion", query.resourceVersion());
        put(parameters, "resourceVersionMatch", query.resourceVersionMatch());
        put(parameters, "continue", query.continueToken());
        if (query.limit() > 0) {
            parameters.put("limit", Long.toString(query.limit()));
        }
        return parameters;
    }

    static Map<String, String> of(WatchQuery query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("watch", "true");
        parameters.put("allowWatchBookmarks", "true");
        put(parameters, "labelSelector", query.labelSelector());
        put(parameters, "fieldSelector", query.fieldSelector());
        put(parameters, "resourceVersion", query.resourceVersion());
        if (query.initialEvents()) {
            parameters.put("sendInitialEvents", "true");
            parameters.put("resourceVersionMatch", "NotOlderThan");
        }
        if (query.timeout().isPositive()) {
            parameters.put("timeoutSeconds", Long.toString(query.timeout().toSeconds()));
        }
        return parameters;
    }

    static Map<String, String> of(WriteOptions options) {
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, "fieldManager", options.fieldManager());
        put(parameters, "fieldValidation", options.fieldValidation());
        if (options.force()) {
            parameters.put("force", "true");
        }
        if (options.dryRun()) {
            parameters.put("dryRun", "All");
        }
        return parameters;
    }

    static byte[] body(DeleteOptions options) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("kind", "DeleteOptions");
        body.put("apiVersion", "v1");
        options.gracePeriodSeconds().ifPresent(seconds -> body.put("gracePeriodSeconds", seconds));
        options.propagation().ifPresent(policy -> body.put("propagationPolicy", policy));
        Map<String, Object> preconditions = new LinkedHashMap<>();
        options.uid().ifPresent(uid -> preconditions.put("uid", uid));
        options.resourceVersion().ifPresent(version -> preconditions.put("resourceVersion", version));
        if (!preconditions.isEmpty()) {
            body.put("preconditions", preconditions);
        }
        return ObjectJson.write(body);
    }

    private static void put(Map<String, String> parameters, String name, String value) {
        if (!value.isEmpty()) {
            parameters.put(name, value);
        }
    }
}
