package io.argosy.client.delegated;

import io.argosy.client.request.ApiClient;
import io.argosy.client.request.ObjectJson;
import io.argosy.client.transport.HttpAnswer;
import io.argosy.client.transport.HttpCall;
import io.argosy.daemon.clock.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Asks the apiserver who a token belongs to and what a caller may do; remembers answers for a short time. Thread-safe;
 * bounded.
 */
public final class Reviews {

    private static final Duration KEEP = Duration.ofSeconds(10);
    private static final int REMEMBERED = 2048;

    private record Kept<V>(V value, long at) {}

    private final ApiClient client;
    private final Clock clock;
    private final Map<String, Kept<Optional<Caller>>> callers = bounded();
    private final Map<String, Kept<Boolean>> decisions = bounded();

    public Reviews(ApiClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    /** Whose token it is; empty when it is nobody's. */
    public Optional<Caller> caller(String token) {
        Optional<Kept<Optional<Caller>>> kept = kept(callers, token);
        if (kept.isPresent()) {
            return kept.get().value;
        }
        JsonNode status = post(
                "/apis/authentication.k8s.io/v1/tokenreviews",
                Map.of(
                        "apiVersion", "authentication.k8s.io/v1",
                        "kind", "TokenReview",
                        "spec", Map.of("token", token)));
        Optional<Caller> caller = status.path("authenticated").asBoolean(false)
                ? Optional.of(caller(status.path("user")))
                : Optional.empty();
        keep(callers, token, caller);
        return caller;
    }

    private static Caller caller(JsonNode user) {
        Map<String, List<String>> extra = new LinkedHashMap<>();
        user.path("extra").properties().forEach(entry -> extra.put(entry.getKey(), strings(entry.getValue())));
        return new Caller(
                user.path("username").asString(""), user.path("uid").asString(""), strings(user.path("groups")), extra);
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(item -> strings.add(item.asString("")));
        return strings;
    }

    /** Whether the caller may. */
    public boolean allows(Caller caller, Access access) {
        String key = caller + "|" + access;
        Optional<Kept<Boolean>> kept = kept(decisions, key);
        if (kept.isPresent()) {
            return kept.get().value;
        }
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("user", caller.name());
        spec.put("uid", caller.uid());
        spec.put("groups", caller.groups());
        spec.put("extra", caller.extra());
        if (access.resource().isEmpty()) {
            spec.put("nonResourceAttributes", Map.of("path", access.path(), "verb", access.verb()));
        } else {
            spec.put(
                    "resourceAttributes",
                    Map.of(
                            "verb", access.verb(),
                            "version", "v1",
                            "resource", access.resource(),
                            "subresource", access.subresource(),
                            "namespace", access.namespace(),
                            "name", access.name()));
        }
        JsonNode status = post(
                "/apis/authorization.k8s.io/v1/subjectaccessreviews",
                Map.of("apiVersion", "authorization.k8s.io/v1", "kind", "SubjectAccessReview", "spec", spec));
        boolean allowed = status.path("allowed").asBoolean(false);
        keep(decisions, key, allowed);
        return allowed;
    }

    private JsonNode post(String path, Map<String, Object> body) {
        HttpAnswer answer = client.call(HttpCall.of("POST", path, Map.of())
                .withHeader("accept", "application/json")
                .withTimeout(Duration.ofSeconds(10))
                .withBody("application/json", ObjectJson.write(body)));
        return answer.isSuccess()
                ? ObjectJson.tree(answer.body()).path("status")
                : ObjectJson.mapper().createObjectNode();
    }

    private <V> Optional<Kept<V>> kept(Map<String, Kept<V>> from, String key) {
        synchronized (from) {
            Kept<V> kept = from.get(key);
            return kept != null && clock.nanoTime() - kept.at < KEEP.toNanos() ? Optional.of(kept) : Optional.empty();
        }
    }

    private <V> void keep(Map<String, Kept<V>> in, String key, V value) {
        synchronized (in) {
            in.put(key, new Kept<>(value, clock.nanoTime()));
        }
    }
}
