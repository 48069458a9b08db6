package io.argosy.bench;

import io.argosy.client.transport.HttpCall;
import io.argosy.client.transport.HttpStream;
import io.argosy.client.transport.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Reads of the corpus: the whole body is taken off the wire and not looked at. */
record Reads(String name, int workersAtMost, String accept, IntFunction<HttpCall> request) implements Work {

    private static final String JSON = "application/json";
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final String PODS = "/api/v1/pods";
    private static final int LISTERS = 2;
    private static final int PAGE = 500;

    static List<Work> all(Corpus corpus) {
        IntFunction<HttpCall> one = number -> {
            // A prime stride visits all pods and never the same one twice in a row.
            int pod = Math.floorMod(number * 7919, corpus.pods());
            return HttpCall.get("/api/v1/namespaces/" + Corpus.namespace(pod) + "/pods/" + Corpus.name(pod));
        };
        int nodes = corpus.pods() / Corpus.PODS_PER_NODE;
        return List.of(
                new Reads("GET one pod, JSON", Integer.MAX_VALUE, JSON, one),
                new Reads("GET one pod, protobuf", Integer.MAX_VALUE, PROTOBUF, one),
                list("LIST all, JSON, `resourceVersion=0`", JSON, Map.of("resourceVersion", "0")),
                list("LIST all, protobuf, `resourceVersion=0`", PROTOBUF, Map.of("resourceVersion", "0")),
                list("LIST all, JSON, consistent", JSON, Map.of()),
                list("LIST, a page of 500, JSON", JSON, Map.of("limit", Integer.toString(PAGE))),
                new Reads(
                        "LIST one node's pods (10), JSON, `resourceVersion=0`",
                        Integer.MAX_VALUE,
                        JSON,
                        number -> HttpCall.of(
                                "GET", PODS, ordered("fieldSelector", "spec.nodeName=node-" + number % nodes, "0"))));
    }

    private static Work list(String name, String accept, Map<String, String> query) {
        return new Reads(name, LISTERS, accept, _ -> HttpCall.of("GET", PODS, query));
    }

    private static Map<String, String> ordered(String name, String value, String version) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put(name, value);
        query.put("resourceVersion", version);
        return query;
    }

    @Override
    public int workers(int workers) {
        return Math.min(workers, workersAtMost);
    }

    @Override
    public boolean once(Transport transport, int number) throws IOException, InterruptedException {
        HttpCall call = request.apply(number).withHeader("accept", accept);
        try (HttpStream stream = transport.open(call);
                InputStream body = stream.body()) {
            if (stream.status() != 200) {
                throw new IOException(call.path() + " answered " + stream.status());
            }
            body.skipNBytes(1);
            body.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return true;
    }
}
