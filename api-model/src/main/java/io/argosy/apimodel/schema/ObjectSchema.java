package io.argosy.apimodel.schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A type with named fields. */
public final class ObjectSchema implements Schema {

    private final String name;
    private final Supplier<String> description;
    private final List<Field> fields;
    private final Map<String, Integer> indexes;
    private final List<Inline> inlines;
    private final boolean atomic;
    private final boolean preservesUnknown;
    private final boolean embedsResource;
    private final Checks checks;
    private final WireIndex wire;
    private byte @Nullable [][] jsonNames;

    /**
     * @param name the published name of a built-in type, {@code io.k8s.api.core.v1.PodSpec}; empty in custom resources
     * @param fields in the order in which they are written, those of the inlined parts included
     * @param inlines the parts
     * @param atomic server-side apply replaces the object as a whole
     * @param preservesUnknown fields without schema are kept ({@code x-kubernetes-preserve-unknown-fields})
     * @param embedsResource a whole object with apiVersion, kind and metadata ({@code x-kubernetes-embedded-resource})
     */
    public ObjectSchema(
            String name,
            Supplier<String> description,
            Collection<Field> fields,
            List<Inline> inlines,
            boolean atomic,
            boolean preservesUnknown,
            boolean embedsResource,
            Checks checks) {
        this.name = name;
        this.description = description;
        this.fields = List.copyOf(fields);
        this.inlines = List.copyOf(inlines);
        this.indexes = new HashMap<>();
        for (int i = 0; i < this.fields.size(); i++) {
            indexes.put(this.fields.get(i).name(), i);
        }
        this.atomic = atomic;
        this.preservesUnknown = preservesUnknown;
        this.embedsResource = embedsResource;
        this.checks = checks;
        this.wire = WireIndex.of(this.fields, this.inlines);
    }

    public ObjectSchema(
            String name,
            String description,
            Collection<Field> fields,
            boolean atomic,
            boolean preservesUnknown,
            boolean embedsResource,
            Checks checks) {
        this(name, () -> description, fields, List.of(), atomic, preservesUnknown, embedsResource, checks);
    }

    public String name() {
        return name;
    }

    public String description() {
        return description.get();
    }

    /** In the order in which they are written. */
    public List<Field> fields() {
        return fields;
    }

    public Optional<Field> field(String fieldName) {
        return Optional.ofNullable(fieldOrNull(fieldName));
    }

    /** As {@link #field(String)}, for hot paths. */
    public @Nullable Field fieldOrNull(String fieldName) {
        Integer index = indexes.get(fieldName);
        return index == null ? null : fields.get(index);
    }

    /** The position of a field among {@link #fields()}; -1 when there is none of this name. */
    public int indexOf(String fieldName) {
        Integer index = indexes.get(fieldName);
        return index == null ? -1 : index;
    }

    /**
     * What stands before the value of a field in JSON: {@code "name":}. For hot paths: not a copy, and only for names
     * that JSON does not escape, as those of built-in types.
     */
    public byte[] jsonName(int index) {
        byte[][] known = jsonNames;
        if (known == null) {
            known = new byte[fields.size()][];
            for (int i = 0; i < known.length; i++) {
                known[i] = ('"' + fields.get(i).name() + "\":").getBytes(StandardCharsets.UTF_8);
            }
            jsonNames = known;
        }
        return known[index];
    }

    /** Whether objects of this type say what they are: {@code kind} and {@code apiVersion} outside of protobuf. */
    public boolean hasTypeMeta() {
        Field kind = fieldOrNull("kind");
        return kind != null && kind.number() == 0 && indexes.containsKey("apiVersion");
    }

    /** The simple name of the inlined part that a field comes from; empty for the object's own fields. */
    public String partOf(int index) {
        for (Inline inline : inlines) {
            if (index >= inline.offset()
                    && index < inline.offset() + inline.part().fields().size()) {
                String part = inline.part().name();
                return part.substring(part.lastIndexOf('.') + 1);
            }
        }
        return "";
    }

    public List<Inline> inlines() {
        return inlines;
    }

    /** The fields and parts by protobuf number. */
    public WireIndex wire() {
        return wire;
    }

    public boolean atomic() {
        return atomic;
    }

    /** This type, replaced as a whole by server-side apply. */
    ObjectSchema asAtomic() {
        return atomic
                ? this
                : new ObjectSchema(name, description, fields, inlines, true, preservesUnknown, embedsResource, checks);
    }

    /** This type, always with {@code kind} and {@code apiVersion}, given as {@code v1/PersistentVolumeClaim}. */
    ObjectSchema withKind(String versionAndKind) {
        int slash = versionAndKind.lastIndexOf('/');
        List<Field> named = new ArrayList<>();
        for (Field field : fields) {
            named.add(
                    switch (field.name()) {
                        case "kind" -> field.always(versionAndKind.substring(slash + 1));
                        case "apiVersion" -> field.always(versionAndKind.substring(0, slash));
                        default -> field;
                    });
        }
        return new ObjectSchema(name, description, named, inlines, atomic, preservesUnknown, embedsResource, checks);
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
