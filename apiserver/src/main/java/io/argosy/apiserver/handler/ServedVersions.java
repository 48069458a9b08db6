package io.argosy.apiserver.handler;

import io.argosy.apimodel.definition.VersionDefinition;
import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.apply.FieldManager;
import io.argosy.apiserver.cache.ResourceCache;
import java.util.Optional;

/** The versions of one resource as the owners of fields see them. */
final class ServedVersions implements FieldManager.Versions {

    private final Served served;

    ServedVersions(Served served) {
        this.served = served;
    }

    @Override
    public Optional<ObjectSchema> schema(String apiVersion) {
        GroupVersion version = version(apiVersion);
        return version.group().equals(served.definition().group())
                ? served.definition()
                        .version(version.version())
                        .map(VersionDefinition::schema)
                        .map(schema -> schema.get())
                : Optional.empty();
    }

    @Override
    public ObjectValue convert(ObjectValue object, String toApiVersion) {
        String from = object.string("apiVersion").orElse("");
        if (from.equals(toApiVersion)) {
            return object;
        }
        ResourceCache cache = served.stored().cache();
        return cache.form(version(toApiVersion))
                .fromStored(cache.form(version(from)).toStored(object.copy()));
    }

    private static GroupVersion version(String apiVersion) {
        try {
            return GroupVersion.parse(apiVersion);
        } catch (IllegalArgumentException _) {
            return new GroupVersion("", "");
        }
    }
}
