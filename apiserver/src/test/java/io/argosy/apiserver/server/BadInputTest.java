package io.argosy.apiserver.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.server.WholeServer.Answer;
import io.argosy.apiserver.storage.memory.MemoryStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole server on a store in memory, given requests that are wrong in many ways; what it must answer is what Kubernetes
 * answers to the same bytes. The requests are sent as they are, without a client that would mend them.
 */
final class BadInputTest {

    private static final String TARGET = "/api/v1/namespaces/default/configmaps";

    @TempDir
    static Path folder;

    private static WholeServer server;

    @BeforeAll
    static void start() throws Exception {
        server = WholeServer.start(folder, new MemoryStore(InstantSource.system()));
        byte[] target = "{\"metadata\":{\"name\":\"target\"},\"data\":{\"a\":\"b\"}}".getBytes(UTF_8);
        assertEquals(
                201,
                server.send("POST", TARGET, Map.of("Content-Type", "application/json"), target, true)
                        .code());
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> answersAsKubernetesDoes() throws IOException {
        try (InputStream in = BadInputTest.class.getResourceAsStream("bad-input.json")) {
            List<ObjectValue> all =
                    ((ArrayValue) JsonReader.read(in.readAllBytes())).objects().toList();
            assertTrue(all.size() > 100);
            return all.stream()
                    .map(one ->
                            dynamicTest(one.string("name").orElseThrow(), () -> assertEquals(wanted(one), sent(one))));
        }
    }

    @Test
    void documentsMayNotBeDeeperThanTheReaderIs() throws Exception {
        byte[] body = ("{\"a\":".repeat(12_000) + "1" + "}".repeat(12_000)).getBytes(UTF_8);
        Answer answer = server.send("POST", TARGET, Map.of("Content-Type", "application/json"), body, true);
        assertEquals(400, answer.code());
        assertTrue(answer.message().contains("invalid character '{' exceeded max depth"), answer.message());
    }

    private static Answer wanted(ObjectValue one) {
        return new Answer(
                one.integer("code").orElseThrow().intValue(),
                one.string("reason").orElse(""),
                one.string("message").orElse(""),
                one.array("warnings").map(list -> list.strings().toList()).orElse(List.of()));
    }

    private static Answer sent(ObjectValue one) throws Exception {
        Map<String, String> headers = new java.util.LinkedHashMap<>();
        one.object("headers")
                .ifPresent(given -> given.fields()
                        .keySet()
                        .forEach(name -> headers.put(name, given.string(name).orElse(""))));
        byte[] body = one.string("bytes")
                .map(Base64.getDecoder()::decode)
                .orElseGet(() -> one.string("body").orElse("").getBytes(UTF_8));
        return server.send(
                one.string("method").orElseThrow(),
                one.string("path").orElseThrow(),
                headers,
                body,
                !one.isTrue("anonymous"));
    }
}
