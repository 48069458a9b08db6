package io.argosy.apiserver.handler;

import io.argosy.apimodel.defaults.Defaults;
import io.argosy.apimodel.definition.VersionDefinition;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.crd.schema.CustomTrees;

/** Fills what an object leaves out: by the rules of built-in types, or by the schema of a custom resource. */
final class ObjectDefaults {

    private ObjectDefaults() {}

    static void fill(ObjectValue object, VersionDefinition version) {
        ObjectSchema schema = version.schema().get();
        if (CustomTrees.isCustom(schema)) {
            CustomTrees.fill(object, schema);
        } else {
            Defaults.apply(object, version);
        }
    }
}
