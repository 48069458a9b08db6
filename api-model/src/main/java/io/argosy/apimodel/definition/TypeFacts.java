package io.argosy.apimodel.definition;

import io.argosy.apimodel.tree.ObjectValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the published artifacts do not say of a built-in type: the section {@code types} of the definition files. A name
 * there stands for the type in all versions of the group, unless a version is put before it.
 *
 * @param atomic server-side apply replaces the object as a whole
 * @param fields by name, in the order in which defaults are filled; only fields of which something is to be said
 */
public record TypeFacts(boolean atomic, Optional<Union> union, Map<String, FieldFacts> fields) {

    public static final TypeFacts NONE = new TypeFacts(false, Optional.empty(), Map.of());

    /**
     * {@code x-kubernetes-unions}: fields of which one may be set.
     *
     * @param discriminator the field that tells which one, or empty
     */
    public record Union(String discriminator, List<String> fields) {}

    /** The facts of a type like {@code io.k8s.api.core.v1.PodSpec}; {@link #NONE} when there are none to be said. */
    public static TypeFacts of(String typeName) {
        return TypeFactsTable.INSTANCE.find(typeName);
    }

    public FieldFacts field(String name) {
        return fields.getOrDefault(name, FieldFacts.NONE);
    }

    static TypeFacts read(ObjectValue declared) {
        Map<String, FieldFacts> fields = new LinkedHashMap<>();
        declared.fields().forEach((name, facts) -> {
            if (!name.equals(".")) {
                fields.put(name, FieldFacts.read((ObjectValue) facts));
            }
        });
        return new TypeFacts(
                declared.object(".").map(own -> own.isTrue("atomic")).orElse(false),
                declared.object(".", "union")
                        .map(union -> new Union(
                                union.string("discriminator").orElse(""),
                                union.array("fields").orElseThrow().strings().toList())),
                fields);
    }
}
