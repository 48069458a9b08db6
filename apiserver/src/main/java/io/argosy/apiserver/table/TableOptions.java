package io.argosy.apiserver.table;

/**
 * What a table is to contain.
 *
 * @param includeObject what comes with each row
 * @param headers whether the columns are defined; in a watch only the first table does
 */
public record TableOptions(IncludeObject includeObject, boolean headers) {

    public static final TableOptions STANDARD = new TableOptions(IncludeObject.METADATA, true);

    /** {@code meta.k8s.io/v1} IncludeObjectPolicy. */
    public enum IncludeObject {
        NONE,
        METADATA,
        OBJECT
    }
}
