package io.argosy.apimodel.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.published.PublishedSpec;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.Types;
import io.argosy.apimodel.tree.ObjectValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each kind with all fields set, as JSON, YAML and protobuf: all three say the same, and come out as they went in.
 */
final class FixturesTest {

    private static final Map<String, String> GROUPS = Map.of(
            "core", "io.k8s.api.core",
            "apiextensions", "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions",
            "apiregistration", "io.k8s.kube-aggregator.pkg.apis.apiregistration",
            "internal", "io.k8s.api.apiserverinternal");

    private static final String CLAIMS = "apps.v1.StatefulSet";

    record Fixture(String name, byte[] json, byte[] yaml, byte[] protobuf) {}

    /** The type of a fixture's name, {@code apps.v1.Deployment}; empty for versions that are no longer served. */
    static Optional<ObjectSchema> typeOf(String fixture) {
        String[] parts = fixture.split("\\.");
        String kind = parts[parts.length - 1];
        String version = parts[parts.length - 2];
        String group = GROUPS.getOrDefault(parts[0], "io.k8s.api." + parts[0]);
        return Types.find(group + "." + version + "." + kind)
                .or(() -> Types.find("io.k8s.apimachinery.pkg.apis.meta.v1." + kind));
    }

    static List<Fixture> fixtures() throws IOException {
        Path folder = PublishedSpec.folder("fixtures");
        List<Fixture> fixtures = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                String name = file.getFileName().toString().replace(".json", "");
                if (typeOf(name).isPresent()) {
                    fixtures.add(new Fixture(
                            name,
                            Files.readAllBytes(file),
                            Files.readAllBytes(file.resolveSibling(name + ".yaml")),
                            Files.readAllBytes(file.resolveSibling(name + ".pb"))));
                }
            }
        }
        assertTrue(fixtures.size() > 100, "too few fixtures: " + fixtures.size());
        return fixtures;
    }

    @TestFactory
    Stream<DynamicTest> everyFormSaysTheSame() throws IOException {
        return fixtures().stream().map(fixture -> DynamicTest.dynamicTest(fixture.name(), () -> check(fixture)));
    }

    private static void check(Fixture fixture) {
        ObjectSchema type = typeOf(fixture.name()).orElseThrow();
        ParseNotes notes = new ParseNotes();
        ObjectValue tree = Conform.conform((ObjectValue) JsonReader.read(fixture.json(), notes), type, notes);
        assertEquals(List.of(), notes.texts());
        assertEquals(compact(fixture), text(JsonWriter.write(tree)));

        ObjectValue fromYaml = Conform.conform((ObjectValue) YamlReader.read(fixture.yaml()), type, notes);
        assertEquals(List.of(), notes.texts());
        assertEquals(text(JsonWriter.write(tree)), text(JsonWriter.write(fromYaml)));
        if (!fixture.name().equals(CLAIMS)) {
            assertEquals(text(fixture.yaml()), text(YamlWriter.write(tree)));
        }

        Envelope envelope = Envelope.read(fixture.protobuf());
        GroupVersion version = GroupVersion.parse(envelope.apiVersion());
        GroupVersionKind kind = version.kind(envelope.kind());
        ObjectValue fromProtobuf = ProtobufReader.read(envelope.bytes(), envelope.from(), envelope.to(), type, kind);
        assertEquals(text(JsonWriter.write(tree)), text(JsonWriter.write(fromProtobuf)));
        assertArrayEquals(fixture.protobuf(), ProtobufWriter.writeEnvelope(tree, type, kind));

        Sink sink = new Sink();
        JsonTranscoder.transcode(envelope.bytes(), envelope.from(), envelope.to(), type, kind, sink);
        assertEquals(text(JsonWriter.write(tree)), text(sink.toByteArray()));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The document without the white space between its parts; claims with the kind that the server gives them. */
    private static String compact(Fixture fixture) {
        String json = text(JsonWriter.write(JsonReader.read(fixture.json())));
        return fixture.name().equals(CLAIMS)
                ? json.replace(
                        "\"volumeClaimTemplates\":[{",
                        "\"volumeClaimTemplates\":[{\"kind\":\"PersistentVolumeClaim\",\"apiVersion\":\"v1\",")
                : json;
    }
}
