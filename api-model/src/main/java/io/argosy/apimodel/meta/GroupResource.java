package io.argosy.apimodel.meta;

/** A resource whatever its version. */
public record GroupResource(String group, String resource) {

    /** As messages name it: {@code pods} or {@code deployments.apps}. */
    @Override
    public String toString() {
        return group.isEmpty() ? resource : resource + "." + group;
    }
}
