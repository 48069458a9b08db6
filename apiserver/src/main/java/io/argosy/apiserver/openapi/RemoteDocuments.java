package io.argosy.apiserver.openapi;

import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;

/**
 * What another server says of one version that it answers; never to be changed.
 *
 * @param second its document in OpenAPI 2
 * @param third its document in OpenAPI 3 about this version
 */
public record RemoteDocuments(GroupVersion version, Optional<ObjectValue> second, Optional<ObjectValue> third) {

    private static final String DEFINITIONS = "#/definitions/";
    private static final String PARAMETERS = "#/parameters/";

    /** {@code apis/apps/v1}. */
    String name() {
        return "apis/" + version;
    }

    /** Adds the paths of the version, and what they refer to, to a document in OpenAPI 2; what is there stays. */
    void addTo(ObjectValue document) {
        if (second.isEmpty()) {
            return;
        }
        ObjectValue source = second.get();
        ObjectValue paths = document.objectOrNew("paths");
        String root = "/" + name() + "/";
        ArrayDeque<Value> open = new ArrayDeque<>();
        source.object("paths").orElseGet(ObjectValue::new).fields().forEach((path, item) -> {
            boolean ours = path.startsWith(root) || path.equals("/apis/" + version.group() + "/");
            if (ours && !paths.has(path)) {
                paths.put(path, item);
                open.add(item);
            }
        });
        while (!open.isEmpty()) {
            switch (open.remove()) {
                case ObjectValue object -> {
                    object.string("$ref").ifPresent(reference -> addReferred(reference, source, document, open));
                    for (Map.Entry<String, Value> field : object.fields().entrySet()) {
                        if (!(field.getValue() instanceof StringValue)) {
                            open.add(field.getValue());
                        }
                    }
                }
                case io.argosy.apimodel.tree.ArrayValue array -> array.forEach(open::add);
                default -> {}
            }
        }
    }

    private static void addReferred(
            String reference, ObjectValue source, ObjectValue document, ArrayDeque<Value> open) {
        for (Map.Entry<String, String> kind :
                Map.of(DEFINITIONS, "definitions", PARAMETERS, "parameters").entrySet()) {
            if (reference.startsWith(kind.getKey())) {
                String name = reference.substring(kind.getKey().length());
                ObjectValue target = document.objectOrNew(kind.getValue());
                Optional<ObjectValue> referred = source.object(kind.getValue(), name);
                if (referred.isPresent() && !target.has(name)) {
                    target.put(name, referred.get());
                    open.add(referred.get());
                }
            }
        }
    }
}
