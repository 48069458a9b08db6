package io.argosy.client.request;

import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.meta.GroupVersionResource;
import io.argosy.client.transport.HttpAnswer;
import io.argosy.client.transport.HttpCall;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Asks a server which resources it serves. */
public final class Discovery {

    private static final String AGGREGATED =
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";

    private Discovery() {}

    /** One resource in one version. */
    public record Served(GroupVersionResource resource, String kind, boolean namespaced, Set<String> verbs) {
        public Served {
            verbs = Set.copyOf(verbs);
        }

        public boolean can(String... wanted) {
            return verbs.containsAll(Set.of(wanted));
        }
    }

    /**
     * What a server serves.
     *
     * @param resources each in the version that its group prefers, in the order of the server
     * @param failures groups or versions that cannot be asked now, with the reason
     */
    public record Result(List<Served> resources, List<String> failures) {
        public Result {
            resources = List.copyOf(resources);
            failures = List.copyOf(failures);
        }
    }

    public static Result of(ApiClient client) {
        List<Served> found = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (String path : List.of("/api", "/apis")) {
            HttpAnswer answer = client.call(HttpCall.get(path).withHeader("accept", AGGREGATED));
            if (!answer.isSuccess()) {
                throw Statuses.error(answer.status(), answer.headers(), answer.body());
            }
            JsonNode document = ObjectJson.tree(answer.body());
            switch (document.path("kind").asString("")) {
                case "APIGroupDiscoveryList" -> aggregated(document, found, failures);
                case "APIVersions" -> versions(client, document, found, failures);
                case "APIGroupList" -> groups(client, document, found, failures);
                default -> failures.add(path + ": not a discovery document");
            }
        }
        return new Result(found, failures);
    }

    private static void aggregated(JsonNode document, List<Served> found, List<String> failures) {
        for (JsonNode group : document.path("items")) {
            String name = group.path("metadata").path("name").asString("");
            Set<String> seen = new HashSet<>();
            for (JsonNode version : group.path("versions")) {
                String number = version.path("version").asString("");
                if (version.path("freshness").asString("").equals("Stale")) {
                    failures.add(name + "/" + number + ": stale GroupVersion discovery");
                }
                for (JsonNode resource : version.path("resources")) {
                    String plural = resource.path("resource").asString("");
                    if (seen.add(plural)) {
                        found.add(new Served(
                                new GroupVersionResource(name, number, plural),
                                resource.path("responseKind").path("kind").asString(""),
                                resource.path("scope").asString("").equals("Namespaced"),
                                strings(resource.path("verbs"))));
                    }
                }
            }
        }
    }

    private static void versions(ApiClient client, JsonNode document, List<Served> found, List<String> failures) {
        for (JsonNode version : document.path("versions")) {
            one(client, "/api/" + version.asString(""), new HashSet<>(), found, failures);
        }
    }

    private static void groups(ApiClient client, JsonNode document, List<Served> found, List<String> failures) {
        for (JsonNode group : document.path("groups")) {
            Set<String> seen = new HashSet<>();
            String preferred =
                    group.path("preferredVersion").path("groupVersion").asString("");
            one(client, "/apis/" + preferred, seen, found, failures);
            for (JsonNode version : group.path("versions")) {
                String name = version.path("groupVersion").asString("");
                if (!name.equals(preferred)) {
                    one(client, "/apis/" + name, seen, found, failures);
                }
            }
        }
    }

    private static void one(
            ApiClient client, String path, Set<String> seen, List<Served> found, List<String> failures) {
        HttpAnswer answer = client.call(HttpCall.get(path).withHeader("accept", "application/json"));
        if (!answer.isSuccess()) {
            failures.add(path + ": the server answered " + answer.status());
            return;
        }
        JsonNode list = ObjectJson.tree(answer.body());
        GroupVersion version = GroupVersion.parse(list.path("groupVersion").asString(""));
        for (JsonNode resource : list.path("resources")) {
            String name = resource.path("name").asString("");
            if (name.indexOf('/') < 0 && seen.add(name)) {
                found.add(new Served(
                        version.resource(name),
                        resource.path("kind").asString(""),
                        resource.path("namespaced").asBoolean(false),
                        strings(resource.path("verbs"))));
            }
        }
    }

    private static Set<String> strings(JsonNode array) {
        Set<String> strings = new HashSet<>();
        array.forEach(item -> strings.add(item.asString("")));
        return strings;
    }
}
