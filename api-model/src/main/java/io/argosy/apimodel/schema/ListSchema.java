package io.argosy.apimodel.schema;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An ordered list. */
public final class ListSchema implements Schema {

    private final Supplier<Schema> element;
    private @Nullable Schema resolved;
    private final Type type;
    private final List<String> mapKeys;
    private final PatchStrategy patch;
    private final boolean wrapped;
    private final Checks checks;

    /** {@code x-kubernetes-list-type}. */
    public enum Type {
        ATOMIC,
        SET,
        MAP
    }

    /**
     * @param element what each item looks like; resolved on use
     * @param type how server-side apply merges two lists ({@code x-kubernetes-list-type})
     * @param mapKeys the fields that name an item of a {@link Type#MAP} list
     * @param patch how a strategic merge patch changes the list; its own merge key when it merges
     * @param wrapped in protobuf the items stand in a message of their own ({@code ExtraValue {items = 1}})
     */
    public ListSchema(
            Supplier<Schema> element,
            Type type,
            List<String> mapKeys,
            PatchStrategy patch,
            boolean wrapped,
            Checks checks) {
        this.element = element;
        this.type = type;
        this.mapKeys = List.copyOf(mapKeys);
        this.patch = patch;
        this.wrapped = wrapped;
        this.checks = checks;
    }

    public ListSchema(Schema element, Type type, List<String> mapKeys, PatchStrategy patch, Checks checks) {
        this(() -> element, type, mapKeys, patch, false, checks);
    }

    /** Resolved once; threads that race for it resolve to the same. */
    public Schema element() {
        Schema known = resolved;
        if (known == null) {
            known = element.get();
            resolved = known;
        }
        return known;
    }

    public Type type() {
        return type;
    }

    public List<String> mapKeys() {
        return mapKeys;
    }

    public PatchStrategy patch() {
        return patch;
    }

    public boolean wrapped() {
        return wrapped;
    }

    @Override
    public Checks checks() {
        return checks;
    }
}
