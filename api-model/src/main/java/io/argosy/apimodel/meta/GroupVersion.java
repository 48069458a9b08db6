package io.argosy.apimodel.meta;

/** An API group and one of its versions; the legacy group is the empty string. */
public record GroupVersion(String group, String version) {

    /** Reads an {@code apiVersion}: {@code v1} or {@code apps/v1}. */
    public static GroupVersion parse(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        if (slash < 0) {
            return new GroupVersion("", apiVersion);
        }
        if (apiVersion.indexOf('/', slash + 1) >= 0) {
            throw new IllegalArgumentException("unexpected GroupVersion string: " + apiVersion);
        }
        return new GroupVersion(apiVersion.substring(0, slash), apiVersion.substring(slash + 1));
    }

    public GroupVersionKind kind(String kind) {
        return new GroupVersionKind(group, version, kind);
    }

    public GroupVersionResource resource(String resource) {
        return new GroupVersionResource(group, version, resource);
    }

    /** The {@code apiVersion} of objects of this version. */
    @Override
    public String toString() {
        return group.isEmpty() ? version : group + "/" + version;
    }
}
