package io.argosy.apimodel.meta;

/** Where objects are served: a group, a version and the plural name of a resource. */
public record GroupVersionResource(String group, String version, String resource) {

    public GroupVersion groupVersion() {
        return new GroupVersion(group, version);
    }

    public GroupResource groupResource() {
        return new GroupResource(group, resource);
    }

    @Override
    public String toString() {
        return groupVersion() + ", Resource=" + resource;
    }
}
