package io.argosy.apimodel.schema;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A type with named fields. */
public final class ObjectSchema implements Schema {

    private final String name;
    private final String description;
    private final Map<String, Field> fields;
    private final Map<Integer, Field> fieldsByNumber;
    private final boolean atomic;
    private final boolean preservesUnknown;
    private final boolean embedsResource;
    private final Checks checks;

    /**
     * @param name the published name of a built-in type, {@code io.k8s.api.core.v1.PodSpec}; empty in custom resources
     * @param fields in the order in which they are written
     * @param atomic server-side apply replaces the object as a whole
     * @param preservesUnknown fields without schema are kept ({@code x-kubernetes-preserve-unknown-fields})
     * @param embedsResource a whole object with apiVersion, kind and metadata ({@code x-kubernetes-embedded-resource})
     */
    public ObjectSchema(
            String name,
            String description,
            Collection<Field> fields,
            boolean atomic,
            boolean preservesUnknown,
            boolean embedsResource,
            Checks checks) {
        this.name = name;
        this.description = description;
        LinkedHashMap<String, Field> byName = new LinkedHashMap<>();
        LinkedHashMap<Integer, Field> byNumber = new LinkedHashMap<>();
        for (Field field : fields) {
            byName.put(field.name(), field);
            if (field.number() > 0) {
                byNumber.put(field.number(), field);
            }
        }
        this.fields = byName;
        this.fieldsByNumber = byNumber;
        this.atomic = atomic;
        this.preservesUnknown = preservesUnknown;
        this.embedsResource = embedsResource;
        this.checks = checks;
    }

    public String name() {
        return name;
    }

    public String description() {
        return description;
    }

    public Collection<Field> fields() {
        return fields.values();
    }

    public Optional<Field> field(String fieldName) {
        return Optional.ofNullable(fields.get(fieldName));
    }

    public Optional<Field> field(int number) {
        return Optional.ofNullable(fieldsByNumber.get(number));
    }

    public boolean atomic() {
        return atomic;
    }

    public boolean preservesUnknown() {
        return preservesUnknown;
    }

    public boolean embedsResource() {
        return embedsResource;
    }

    @Override
    public Checks checks() {
        return checks;
    }

    @Override
    public String toString() {
        return name.isEmpty() ? "object" : name;
    }
}
