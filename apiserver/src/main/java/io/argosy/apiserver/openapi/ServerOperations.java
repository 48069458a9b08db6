package io.argosy.apiserver.openapi;

import io.argosy.apimodel.meta.GroupVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operations that tell what there is: discovery and version. */
final class ServerOperations {

    private static final List<String> MEDIA =
            List.of("application/json", "application/vnd.kubernetes.protobuf", "application/yaml");

    private ServerOperations() {}

    static Map<String, List<Operation>> legacy() {
        return one(
                "/api/", "getCoreAPIVersions", "get available API versions", "core", Kinds.META + "APIVersions", MEDIA);
    }

    static Map<String, List<Operation>> groups() {
        return one(
                "/apis/", "getAPIVersions", "get available API versions", "apis", Kinds.META + "APIGroupList", MEDIA);
    }

    static Map<String, List<Operation>> group(String name) {
        return one(
                "/apis/" + name + "/",
                "get" + Kinds.camel(name) + "APIGroup",
                "get information of a group",
                Kinds.tag(name),
                Kinds.META + "APIGroup",
                MEDIA);
    }

    static Map<String, List<Operation>> resources(GroupVersion version) {
        String root = version.group().isEmpty() ? "/api/" : "/apis/" + version.group() + "/";
        return one(
                root + version.version() + "/",
                "get" + Kinds.camel(version.group(), version.version()) + "APIResources",
                "get available resources",
                Kinds.tag(version.group(), version.version()),
                Kinds.META + "APIResourceList",
                MediaTypes.BUILT_IN.objects());
    }

    private static Map<String, List<Operation>> one(
            String path, String id, String description, String tag, String type, List<String> mediaTypes) {
        Operation.Answer answer = new Operation.Answer("200", "OK", type, mediaTypes);
        return Map.of(
                path,
                List.of(new Operation(
                        "get",
                        id,
                        description,
                        tag,
                        "",
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        List.of(answer))));
    }
}
