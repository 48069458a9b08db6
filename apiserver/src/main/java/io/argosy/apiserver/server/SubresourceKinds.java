package io.argosy.apiserver.server;

import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.Types;
import java.util.Optional;

/** Kinds that only subresources take: evictions, bindings, token requests. */
final class SubresourceKinds {

    private SubresourceKinds() {}

    /** The schemas of kinds that only subresources take. */
    static Optional<ObjectSchema> schema(GroupVersionKind kind) {
        String group = kind.group().isEmpty() ? "core" : kind.group().replaceAll("\\..*", "");
        return Optional.of(Types.byName("io.k8s.api." + group + "." + kind.version() + "." + kind.kind()));
    }

    /** As {@link #schema}; empty for options of connections, which have none. */
    static Optional<ObjectSchema> subresourceSchema(GroupVersionKind kind) {
        return kind.kind().endsWith("Options") ? Optional.empty() : schema(kind);
    }
}
