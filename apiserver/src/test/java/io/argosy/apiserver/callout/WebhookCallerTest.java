package io.argosy.apiserver.callout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.objects.MemoryObjects;
import io.argosy.apiserver.objects.Resources;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookCallerTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final MemoryObjects objects = new MemoryObjects();
    private final ServiceAddresses services = new ServiceAddresses(objects, new Random(1));
    private final WebhookCaller caller = new WebhookCaller(services, InstantSource.system());

    @AfterEach
    void close() {
        caller.close();
    }

    private String call(ScriptedServer server, String body) throws CalloutException {
        return new String(
                caller.post(server.target(), body.getBytes(StandardCharsets.UTF_8), LONG), StandardCharsets.UTF_8);
    }

    @Test
    void usesAConnectionAgain() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer::ok)) {
            assertEquals("one", call(server, "one"));
            assertEquals("two", call(server, "two"));
            assertEquals(1, server.connections.get());
            assertEquals("POST /hook?timeout=20s HTTP/1.1", server.requestLines.getFirst());
        }
    }

    @Test
    void readsChunks() throws Exception {
        try (ScriptedServer server = new ScriptedServer(
                _ -> "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n")) {
            assertEquals("abcde", call(server, ""));
            assertEquals("abcde", call(server, ""));
            assertEquals(1, server.connections.get());
        }
    }

    @Test
    void asksAgainWhereAnIdleConnectionWasClosed() throws Exception {
        int[] calls = {0};
        try (ScriptedServer server = new ScriptedServer(body -> ++calls[0] == 2 ? "" : ScriptedServer.ok(body))) {
            assertEquals("one", call(server, "one"));
            assertEquals("two", call(server, "two"));
            assertEquals(2, server.connections.get());
        }
    }

    @Test
    void tellsFailures() throws Exception {
        try (ScriptedServer server = new ScriptedServer(body -> body)) {
            assertFailure(
                    server,
                    "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
                    "the server could not find the" + " requested resource");
            assertFailure(
                    server,
                    "HTTP/1.1 500 Oops\r\nContent-Length: 4\r\n\r\noops",
                    "an error on the server (\"oops\") has prevented the request from succeeding");
            assertTrue(failure(server, "HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n")
                    .contains("response is larger than"));
            assertTrue(failure(server, "nonsense\r\n").contains("malformed HTTP response"));
        }
    }

    private String failure(ScriptedServer server, String answer) {
        return assertThrows(CalloutException.class, () -> call(server, answer)).message();
    }

    private void assertFailure(ScriptedServer server, String answer, String told) {
        assertEquals(told, failure(server, answer));
    }

    @Test
    void endsAtItsDeadline() throws Exception {
        java.util.concurrent.CountDownLatch end = new java.util.concurrent.CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(body -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "";
        })) {
            CalloutException failed = assertThrows(
                    CalloutException.class, () -> caller.post(server.target(), new byte[0], Duration.ofMillis(50)));
            assertTrue(failed.message().endsWith("/hook?timeout=1s\": context deadline exceeded"), failed.message());
        } finally {
            end.countDown();
        }
    }

    @Test
    void tellsWhatAServiceLacks() {
        CallTarget target = new CallTarget("", Optional.of(new CallTarget.ServiceTarget("ns", "hook", "/", 443)), "");
        String post = "Post \"https://hook.ns.svc:443/?timeout=20s\": ";
        assertEquals(post + "service \"hook\" not found", failure(target));
        objects.create(
                Resources.SERVICES,
                named("hook")
                        .put(
                                "spec",
                                new ObjectValue()
                                        .put(
                                                "ports",
                                                ArrayValue.of(new ObjectValue()
                                                        .put("name", "https")
                                                        .put("port", 443)))));
        assertEquals(post + "no endpoints available for service \"hook\"", failure(target));
        ObjectValue slice = named("hook-1").put("addressType", "IPv4");
        slice.object("metadata")
                .orElseThrow()
                .put("labels", new ObjectValue().put("kubernetes.io/service-name", "hook"));
        slice.put("ports", ArrayValue.of(new ObjectValue().put("name", "https").put("port", 1)));
        slice.put(
                "endpoints",
                ArrayValue.of(
                        new ObjectValue().put("addresses", ArrayValue.ofStrings(java.util.List.of("127.0.0.1")))));
        objects.create(Resources.ENDPOINT_SLICES, slice);
        String refused = failure(target);
        assertTrue(
                refused.startsWith("Post \"https://hook.ns.svc:443/?timeout=20s\": dial tcp 127.0.0.1:1: connect: "),
                refused);
    }

    private String failure(CallTarget target) {
        return assertThrows(CalloutException.class, () -> caller.post(target, new byte[0], LONG))
                .message();
    }

    private static ObjectValue named(String name) {
        return new ObjectValue()
                .put("metadata", new ObjectValue().put("namespace", "ns").put("name", name));
    }
}
