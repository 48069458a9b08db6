package io.argosy.bench;

import io.argosy.client.transport.HttpCall;
import io.argosy.client.transport.Transport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether servers answer the same: a figure for an answer that differs would say nothing. What must differ between two
 * servers (uid, resourceVersion, times) is taken out first.
 */
final class Answers {

    private static final List<String> OWN = List.of("uid", "resourceVersion", "creationTimestamp", "time", "continue");
    private static final JsonMapper JSON = JsonMapper.shared();

    private Answers() {}

    /** What differs between two servers; empty when nothing does. */
    static Optional<String> difference(Transport one, Transport other) throws IOException, InterruptedException {
        String pod = "/api/v1/namespaces/" + Corpus.namespace(0) + "/pods/" + Corpus.name(0);
        List<HttpCall> calls = List.of(
                HttpCall.get(pod),
                HttpCall.of("GET", "/api/v1/pods", Map.of("limit", "500")),
                HttpCall.of("GET", "/api/v1/pods", Map.of("fieldSelector", "spec.nodeName=node-3")));
        for (HttpCall call : calls) {
            JsonNode first = answer(one, call);
            JsonNode second = answer(other, call);
            if (!first.equals(second)) {
                return Optional.of(call.path() + " " + call.query() + "\n" + first + "\n" + second);
            }
        }
        return Optional.empty();
    }

    private static JsonNode answer(Transport transport, HttpCall call) throws IOException, InterruptedException {
        return comparable(JSON.readTree(Corpus.must(transport, call).body()));
    }

    static JsonNode comparable(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(OWN);
        }
        node.forEach(Answers::comparable);
        return node;
    }
}
