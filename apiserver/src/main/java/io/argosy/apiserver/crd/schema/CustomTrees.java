package io.argosy.apiserver.crd.schema;

import io.argosy.apimodel.codec.Conform;
import io.argosy.apimodel.codec.ParseNotes;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.Types;
import io.argosy.apimodel.schema.structural.Pruning;
import io.argosy.apimodel.schema.structural.StructuralDefaults;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.Optional;

/** Brings objects of custom resources into their form when they come in. Trees are changed in place. */
public final class CustomTrees {

    private static final ObjectSchema METADATA = Types.byName("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");

    private CustomTrees() {}

    /** Whether a schema is one of a custom resource. */
    public static boolean isCustom(ObjectSchema schema) {
        return schema.name().isEmpty();
    }

    /** Takes away what the schema does not have, noting it, and nulls that say nothing; brings the metadata into its form. */
    public static void prune(ObjectValue object, ObjectSchema schema, ParseNotes notes) {
        Optional<ObjectValue> metadata = object.object("metadata");
        if (metadata.isPresent()) {
            ParseNotes inner = new ParseNotes();
            Conform.conform(metadata.get(), METADATA, inner);
            inner.texts().forEach(text -> notes.unknownField("metadata." + unquoted(text)));
        }
        Pruning.prune(object, schema).forEach(notes::unknownField);
        StructuralDefaults.dropNulls(object, schema);
    }

    private static String unquoted(String text) {
        int first = text.indexOf('"');
        int last = text.lastIndexOf('"');
        return first < last ? text.substring(first + 1, last) : text;
    }

    /** Puts defaults in place of what is absent, and of nulls that are not allowed. */
    public static void fill(ObjectValue object, ObjectSchema schema) {
        StructuralDefaults.fill(object, schema);
    }
}
