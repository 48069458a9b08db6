package io.argosy.apimodel.schema;

/** What the absence of a field means and how it is written. */
public enum Presence {
    /** Absent and zero differ; an absent one is not written. An empty list or map is the same as an absent one. */
    OPTIONAL,
    /** As {@link #OPTIONAL}, but an absent one is written as {@code null} in JSON. */
    NULLABLE,
    /** Absent and zero are the same; JSON does not have it then, protobuf always does. */
    ZERO_OMITTED,
    /** Absent and zero are the same; always written, in JSON and protobuf. */
    ALWAYS
}
