package io.argosy.apiserver.crd;

import io.argosy.apimodel.codec.ParseNotes;
import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.definition.VersionDefinition;
import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.cache.Converter;
import io.argosy.apiserver.crd.schema.CustomTrees;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Brings objects of a custom resource, as they were stored under older forms of its definition, into the form of today:
 * what the schema of their version no longer has goes, its defaults come, and then they are converted to the version in
 * which they would be stored now.
 */
public record StoredForm(ResourceDefinition definition, Converter converter) implements UnaryOperator<ObjectValue> {

    /** The tree given is used up. */
    @Override
    public ObjectValue apply(ObjectValue object) {
        String version =
                GroupVersion.parse(object.string("apiVersion").orElse("")).version();
        Optional<VersionDefinition> known = definition.version(version);
        if (known.isEmpty()) {
            return object;
        }
        bringIntoForm(object, known.get().schema().get());
        GroupVersionKind stored = definition.storageKind();
        if (version.equals(stored.version())) {
            return object;
        }
        GroupVersionKind from = new GroupVersionKind(stored.group(), version, stored.kind());
        ObjectValue converted = converter.convert(object, from, stored);
        converted.put("apiVersion", stored.apiVersion());
        converted.put("kind", stored.kind());
        definition
                .version(stored.version())
                .ifPresent(today -> CustomTrees.prune(converted, today.schema().get(), new ParseNotes()));
        return converted;
    }

    /** The same without conversion, for objects that a webhook converts: each stays in the version it was stored in. */
    public static UnaryOperator<ObjectValue> inOwnVersion(ResourceDefinition definition) {
        return object -> {
            String version =
                    GroupVersion.parse(object.string("apiVersion").orElse("")).version();
            definition
                    .version(version)
                    .ifPresent(known -> bringIntoForm(object, known.schema().get()));
            return object;
        };
    }

    private static void bringIntoForm(ObjectValue object, ObjectSchema schema) {
        CustomTrees.prune(object, schema, new ParseNotes());
        CustomTrees.fill(object, schema);
        ObjectValue metadata = object.objectOrNew("metadata");
        if (metadata.integer("generation").orElse(0L) == 0) {
            metadata.put("generation", 1);
        }
    }
}
