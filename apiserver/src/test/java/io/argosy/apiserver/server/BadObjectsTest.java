package io.argosy.apiserver.server;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import io.argosy.apiserver.server.WholeServer.Reply;
import io.argosy.apiserver.storage.memory.MemoryStore;
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
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole server on a store in memory, given objects with one thing wrong; what it must answer is what Kubernetes answers.
 *
 * <p>{@code bad-objects/KIND.json} has the {@code path} of the collection, a good {@code object}, and {@code cases}. A case
 * puts {@code value} {@code at} a place of the good object, or takes away what is there when it has no value; with
 * {@code put} it updates the good object, which is then stored. It tells the {@code code} and, in any order, the
 * {@code causes} ({@code [reason, field, message]}) and {@code warnings} of the answer; an answer without causes has a
 * {@code message}.
 */
final class BadObjectsTest {

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    @TempDir
    static Path folder;

    private static WholeServer server;

    private record Outcome(int code, String message, List<String> causes, List<String> warnings) {}

    @BeforeAll
    static void start() throws Exception {
        server = WholeServer.start(folder, new MemoryStore(InstantSource.system()));
        ObjectValue account = JsonReader.readObject("{\"metadata\":{\"name\":\"default\"}}".getBytes(UTF_8));
        assertEquals(
                201,
                send("POST", "/api/v1/namespaces/default/serviceaccounts", account)
                        .code());
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @TestFactory
    Stream<DynamicContainer> answersAsKubernetesDoes() throws Exception {
        Path all = Path.of(BadObjectsTest.class.getResource("bad-objects").toURI());
        List<Path> files;
        try (Stream<Path> found = Files.list(all)) {
            files = found.sorted().toList();
        }
        assertTrue(!files.isEmpty());
        return files.stream().map(BadObjectsTest::kind);
    }

    private static DynamicContainer kind(Path file) {
        ObjectValue kind;
        try {
            kind = JsonReader.readObject(Files.readAllBytes(file));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        List<ObjectValue> cases = kind.array("cases").orElseThrow().objects().toList();
        assertTrue(!cases.isEmpty());
        Stream<ObjectValue> creations = cases.stream().filter(one -> !one.isTrue("put"));
        List<ObjectValue> updates =
                cases.stream().filter(one -> one.isTrue("put")).toList();
        Stream<DynamicTest> tests = creations.map(one -> test(kind, one, "POST", path(kind)));
        if (!updates.isEmpty()) {
            ObjectValue good = kind.object("object").orElseThrow();
            String stored = path(kind) + "/" + good.string("metadata", "name").orElseThrow();
            tests = Stream.concat(
                    tests,
                    Stream.concat(
                            Stream.of(dynamicTest(
                                    "stored",
                                    () -> assertEquals(
                                            201, send("POST", path(kind), good).code()))),
                            updates.stream().map(one -> test(kind, one, "PUT", stored))));
        }
        return DynamicContainer.dynamicContainer(file.getFileName().toString(), tests);
    }

    private static String path(ObjectValue kind) {
        return kind.string("path").orElseThrow();
    }

    private static DynamicTest test(ObjectValue kind, ObjectValue one, String method, String path) {
        Value body = changed(
                kind.object("object").orElseThrow(),
                one.array("at").map(ArrayValue::items).orElse(List.of()),
                one.at("value"));
        return dynamicTest(
                method + " " + one.string("name").orElseThrow(),
                () -> assertEquals(wanted(one), outcome(send(method, path + "?dryRun=All", body))));
    }

    /** A tree that is another one but for one place; without a place it is the tree itself. */
    private static Value changed(Value tree, List<Value> at, Optional<Value> value) {
        if (at.isEmpty()) {
            return value.orElse(tree);
        }
        List<Value> rest = at.subList(1, at.size());
        boolean removed = rest.isEmpty() && value.isEmpty();
        if (tree instanceof ArrayValue array && at.getFirst() instanceof IntegerValue index) {
            List<Value> items = new ArrayList<>(array.items());
            int place = Math.toIntExact(index.value());
            if (removed) {
                items.remove(place);
            } else {
                items.set(place, changed(items.get(place), rest, value));
            }
            return new ArrayValue(items);
        }
        String name = ((StringValue) at.getFirst()).value();
        ObjectValue copy = ((ObjectValue) tree).copy();
        if (removed) {
            copy.remove(name);
        } else {
            copy.put(name, changed(copy.at(name).orElseGet(ObjectValue::new), rest, value));
        }
        return copy;
    }

    private static Reply send(String method, String path, Value body) throws Exception {
        return server.exchange(method, path, JSON, JsonWriter.write(body), true);
    }

    private static Outcome wanted(ObjectValue one) {
        return new Outcome(
                one.integer("code").orElseThrow().intValue(),
                one.string("message").orElse(""),
                one.array("causes").stream()
                        .flatMap(causes -> causes.items().stream())
                        .map(cause -> ((ArrayValue) cause).strings().toList().toString())
                        .sorted()
                        .toList(),
                one.array("warnings")
                        .map(list -> list.strings().sorted().toList())
                        .orElse(List.of()));
    }

    private static Outcome outcome(Reply reply) {
        List<String> warnings = reply.warnings().stream().sorted().toList();
        if (reply.code() < 400) {
            return new Outcome(reply.code(), "", List.of(), warnings);
        }
        ObjectValue status = JsonReader.readObject(reply.body().getBytes(UTF_8));
        List<String> causes = status.array("details", "causes").stream()
                .flatMap(ArrayValue::objects)
                .map(cause -> Stream.of("reason", "field", "message")
                        .map(name -> cause.string(name).orElse(""))
                        .toList()
                        .toString())
                .sorted()
                .toList();
        return new Outcome(
                reply.code(), causes.isEmpty() ? status.string("message").orElse("") : "", causes, warnings);
    }
}
