package io.argosy.apiserver.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.server.WholeServer.Answer;
import io.argosy.apiserver.server.WholeServer.Reply;
import io.argosy.apiserver.storage.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Objects of every kind that are wrong in one place, and what Kubernetes finds wrong with them. A file holds a good
 * object and changes to it: a field and its other value, or no value where the field is taken away.
 */
final class BadObjectsTest {

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    @TempDir
    static Path folder;

    private static WholeServer server;

    @BeforeAll
    static void start() throws Exception {
        server = WholeServer.start(folder, new MemoryStore(InstantSource.system()));
        Answer account = server.send(
                "POST",
                "/api/v1/namespaces/default/serviceaccounts",
                JSON,
                "{\"metadata\":{\"name\":\"default\"}}".getBytes(UTF_8),
                true);
        assertEquals(201, account.code());
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> isRefusedAsByKubernetes() throws Exception {
        Path files = Path.of(BadObjectsTest.class.getResource("bad-objects").toURI());
        try (Stream<Path> all = Files.list(files)) {
            List<Path> sorted = all.sorted().toList();
            assertTrue(sorted.size() > 50);
            return sorted.stream().map(file -> dynamicTest(file.getFileName().toString(), () -> kind(file)));
        }
    }

    private static void kind(Path file) throws IOException {
        ObjectValue kind = (ObjectValue) JsonReader.read(Files.readAllBytes(file));
        String path = kind.string("path").orElseThrow();
        ObjectValue good = kind.object("object").orElseThrow();
        List<Executable> checks = new ArrayList<>();
        checks.add(() -> {
            Reply reply = post(path, good);
            assertEquals(kind.integer("code").orElseThrow(), reply.code(), reply::body);
        });
        kind.array("cases").orElseThrow().objects().forEach(one -> checks.add(() -> refused(path, good, one)));
        assertAll(checks);
    }

    private static void refused(String path, ObjectValue good, ObjectValue one) throws Exception {
        List<Value> at = one.array("at").orElseThrow().items();
        ObjectValue bad = (ObjectValue) changed(good, at, one.at("value"));
        Reply reply = post(path, bad);
        assertEquals(422, reply.code(), () -> at + " " + reply.body());
        assertEquals(sorted(one.array("causes").orElseThrow().strings()), sorted(causes(reply)), at::toString);
    }

    private static List<String> sorted(Stream<String> causes) {
        return causes.distinct().sorted().toList();
    }

    /** What was found, as {@code field: message}. */
    private static Stream<String> causes(Reply reply) {
        return JsonReader.readObject(reply.body().getBytes(UTF_8))
                .array("details", "causes")
                .orElseThrow()
                .objects()
                .map(cause -> cause.string("field").orElse("") + ": "
                        + cause.string("message").orElse(""));
    }

    private static Reply post(String path, ObjectValue object) throws Exception {
        return server.exchange("POST", path + "?dryRun=All", JSON, JsonWriter.write(object), true);
    }

    /** With another value, or none, at a path of names and positions. */
    private static Value changed(Value holder, List<Value> path, Optional<Value> value) {
        boolean last = path.size() == 1;
        List<Value> rest = path.subList(1, path.size());
        return switch (path.getFirst()) {
            case StringValue name -> {
                ObjectValue object = ((ObjectValue) holder).copy();
                Optional<Value> now = last
                        ? value
                        : Optional.of(changed(object.at(name.value()).orElseThrow(), rest, value));
                now.ifPresentOrElse(to -> object.put(name.value(), to), () -> object.remove(name.value()));
                yield object;
            }
            case IntegerValue position -> {
                List<Value> items = new ArrayList<>(((ArrayValue) holder).items());
                int index = (int) position.value();
                Optional<Value> now = last ? value : Optional.of(changed(items.get(index), rest, value));
                if (now.isPresent()) {
                    items.set(index, now.get());
                } else {
                    items.remove(index);
                }
                yield new ArrayValue(items);
            }
            default -> throw new IllegalArgumentException("not a step: " + path.getFirst());
        };
    }
}
