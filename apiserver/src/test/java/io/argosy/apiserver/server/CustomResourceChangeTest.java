package io.argosy.apiserver.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apiserver.storage.memory.MemoryStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A custom resource whose definition changes. */
final class CustomResourceChangeTest {

    private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final String WIDGETS = "/apis/example.com/v1/widgets";
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final Map<String, String> MERGE = Map.of("Content-Type", "application/json-patch+json");
    private static final int CHANGES = 40;

    private static final String DEFINITION = """
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.example.com"},
            "spec":{"group":"example.com","scope":"Cluster","names":{"plural":"widgets","kind":"Widget"},
            "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":
            {"type":"object","properties":{"a":{"type":"string"}}}}}]}}""";

    @TempDir
    Path folder;

    @Test
    void isServedAllTheTime() throws Exception {
        try (WholeServer server = WholeServer.start(folder, new MemoryStore(InstantSource.system()));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertEquals(201, send(server, "POST", DEFINITIONS, JSON, DEFINITION));
            while (send(server, "GET", WIDGETS, Map.of(), "") != 200) {
                Thread.onSpinWait();
            }
            assertEquals(
                    201,
                    send(
                            server,
                            "POST",
                            WIDGETS,
                            JSON,
                            "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"w\"}}"));
            AtomicBoolean over = new AtomicBoolean();
            Future<Map<Integer, Integer>> answers = threads.submit(() -> {
                Map<Integer, Integer> seen = new TreeMap<>();
                while (!over.get()) {
                    seen.merge(send(server, "GET", WIDGETS + "/w", Map.of(), ""), 1, Integer::sum);
                }
                return seen;
            });
            for (int change = 0; change < CHANGES; change++) {
                String patch = "[{\"op\":\"add\",\"path\":\"/spec/versions/0/schema/openAPIV3Schema/properties/p"
                        + change + "\",\"value\":{\"type\":\"string\",\"default\":\"d\"}}]";
                assertEquals(200, send(server, "PATCH", DEFINITIONS + "/widgets.example.com", MERGE, patch));
            }
            over.set(true);
            Map<Integer, Integer> seen = answers.get();
            assertEquals(java.util.Set.of(200), seen.keySet(), seen::toString);
            assertTrue(seen.get(200) >= CHANGES, () -> "too few reads to see a gap: " + seen);
        }
    }

    private static int send(WholeServer server, String method, String path, Map<String, String> headers, String body)
            throws Exception {
        return server.send(method, path, headers, body.getBytes(UTF_8), true).code();
    }
}
