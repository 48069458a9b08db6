package io.argosy.apiserver.openapi;

import io.argosy.apimodel.tree.ObjectValue;

/** What the two versions of OpenAPI write differently in schemas. */
enum Dialect {
    V2("#/definitions/"),
    V3("#/components/schemas/");

    private final String prefix;

    Dialect(String prefix) {
        this.prefix = prefix;
    }

    ObjectValue reference(String typeName) {
        return new ObjectValue().put("$ref", prefix + typeName);
    }
}
