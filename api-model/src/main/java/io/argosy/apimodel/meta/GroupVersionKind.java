package io.argosy.apimodel.meta;

/** What an object says it is: {@code apiVersion} and {@code kind}. */
public record GroupVersionKind(String group, String version, String kind) {

    public GroupVersion groupVersion() {
        return new GroupVersion(group, version);
    }

    public String apiVersion() {
        return groupVersion().toString();
    }

    /** As Kubernetes prints it in messages: {@code apps/v1, Kind=Deployment}. */
    @Override
    public String toString() {
        return apiVersion() + ", Kind=" + kind;
    }
}
