package io.argosy.client.request;

/**
 * How to write; empty strings leave a parameter out.
 *
 * @param fieldManager required for an apply
 * @param force takes over fields of others in an apply
 * @param fieldValidation {@code Ignore}, {@code Warn} or {@code Strict}
 */
public record WriteOptions(String fieldManager, boolean force, boolean dryRun, String fieldValidation) {

    public static final WriteOptions NONE = new WriteOptions("", false, false, "");

    public static WriteOptions apply(String fieldManager) {
        return new WriteOptions(fieldManager, true, false, "");
    }
}
