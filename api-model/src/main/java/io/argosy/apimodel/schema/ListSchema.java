package io.argosy.apimodel.schema;

import java.util.List;

/**
 * An ordered list.
 *
 * @param element what each item looks like
 * @param type how server-side apply merges two lists ({@code x-kubernetes-list-type})
 * @param mapKeys the fields that name an item of a {@link Type#MAP} list
 * @param patch how a strategic merge patch changes the list; its own merge key when it merges
 */
public record ListSchema(Schema element, Type type, List<String> mapKeys, PatchStrategy patch, Checks checks)
        implements Schema {

    /** {@code x-kubernetes-list-type}. */
    public enum Type {
        ATOMIC,
        SET,
        MAP
    }

    public ListSchema {
        mapKeys = List.copyOf(mapKeys);
    }
}
