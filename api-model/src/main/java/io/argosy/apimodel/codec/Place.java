package io.argosy.apimodel.codec;

import org.jspecify.annotations.Nullable;

/** Where in a document decoding is: a chain to the root, put into words only when something is to be told. */
record Place(@Nullable Place outer, String name, String part, int index) {

    private static final String ENTRY = "[]";

    static final Place ROOT = new Place(null, "", "", -1);

    Place child(String field) {
        return new Place(this, field, "", -1);
    }

    /** A field that comes from an inlined part: errors name the part too. */
    Place child(String field, String part) {
        return new Place(this, field, part, -1);
    }

    /** An entry of a map: errors name only the map. */
    Place entry(String key) {
        return new Place(this, key, ENTRY, -1);
    }

    Place item(int position) {
        return new Place(this, "", "", position);
    }

    /** {@code spec.containers[0].image}. */
    String path() {
        StringBuilder path = new StringBuilder();
        append(path, true);
        return path.toString();
    }

    /** {@code spec.containers.image}: without the positions in lists, with the names of inlined parts. */
    String fields() {
        StringBuilder path = new StringBuilder();
        append(path, false);
        return path.toString();
    }

    private void append(StringBuilder path, boolean positions) {
        if (outer != null) {
            outer.append(path, positions);
            if (index >= 0) {
                if (positions) {
                    path.append('[').append(index).append(']');
                }
            } else if (positions || !part.equals(ENTRY)) {
                path.append(path.isEmpty() ? "" : ".");
                if (!positions && !part.isEmpty()) {
                    path.append(part).append('.');
                }
                path.append(name);
            }
        }
    }
}
