package io.argosy.apimodel.schema;

/**
 * {@code x-kubernetes-patch-strategy} and {@code x-kubernetes-patch-merge-key} of a field.
 *
 * @param merge items are merged instead of replaced
 * @param retainKeys the patch names the keys to keep ({@code $retainKeys})
 * @param mergeKey the field that names an item of a merged list of objects, or empty
 */
public record PatchStrategy(boolean merge, boolean retainKeys, String mergeKey) {
    public static final PatchStrategy REPLACE = new PatchStrategy(false, false, "");
}
