package io.argosy.apiserver.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.definition.BuiltIns;
import io.argosy.apimodel.published.PublishedSpec;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Compares with the documents that Kubernetes publishes. What differs is named
 * here: descriptions, whose texts are our own or less complete; documents about what is no part of the API proper; one
 * required field of ephemeral containers, and one patch strategy that says what holds anyway.
 */
final class PublishedOpenApiTest {

    private static final Set<String> OTHER_DOCUMENTS =
            Set.of("version", "logs", "openid/v1/jwks", ".well-known/openid-configuration");
    private static final List<String> NAMED = List.of(
            ".EphemeralContainer.properties.name.default",
            ".EphemeralContainer.required",
            ".PodDisruptionBudgetSpec.properties.selector");

    private final OpenApiDocuments documents = OpenApiDocuments.of(BuiltIns.definitions(_ -> true));
    private final Path spec = PublishedSpec.folder();

    @Test
    void documentsOfTheThirdVersionAreThePublishedOnes() throws IOException {
        Set<String> differences = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(spec.resolve("openapi-v3"), "*_openapi.json")) {
            for (Path file : files) {
                String name = file.getFileName()
                        .toString()
                        .replace("_openapi.json", "")
                        .replace("__", "/");
                if (!OTHER_DOCUMENTS.contains(name)) {
                    ObjectValue published = JsonReader.readObject(Files.readAllBytes(file));
                    ObjectValue ours = documents.thirdTree(name);
                    published.remove("info");
                    ours.remove("info");
                    compare(name, plain(published), plain(ours), differences);
                }
            }
        }
        assertEquals(Set.of(), differences);
    }

    @Test
    void schemasOfTheSecondVersionAreThePublishedOnes() throws IOException {
        Set<String> differences = new TreeSet<>();
        ObjectValue published = JsonReader.readObject(Files.readAllBytes(spec.resolve("swagger.json")))
                .object("definitions")
                .orElseThrow();
        published.remove("io.k8s.apimachinery.pkg.version.Info");
        ObjectValue ours = documents.secondTree().object("definitions").orElseThrow();
        for (String name : List.of("DeleteOptions", "WatchEvent")) {
            published.object(Kinds.META + name).orElseThrow().remove("x-kubernetes-group-version-kind");
            ours.object(Kinds.META + name).orElseThrow().remove("x-kubernetes-group-version-kind");
        }
        compare("v2", plain(published), plain(ours), differences);
        assertEquals(Set.of(), differences);
    }

    /** Without descriptions, and with references alone where they stood beside one. */
    private static Value plain(Value value) {
        if (value instanceof ObjectValue object) {
            ObjectValue plain = new ObjectValue();
            object.fields().forEach((name, part) -> {
                boolean text = name.equals("description") && !(part instanceof ObjectValue);
                if (!text) {
                    plain.put(name, plain(part));
                }
            });
            boolean wrapped = plain.size() == 1 && plain.array("allOf").isPresent();
            return wrapped ? plain.array("allOf").orElseThrow().get(0) : plain;
        }
        return value instanceof ArrayValue array
                ? new ArrayValue(
                        array.items().stream().map(PublishedOpenApiTest::plain).toList())
                : value;
    }

    private static void compare(String path, Value published, Value ours, Set<String> differences) {
        if (NAMED.stream().anyMatch(path::endsWith)) {
            return;
        }
        if (published instanceof ObjectValue left && ours instanceof ObjectValue right) {
            Set<String> names = new TreeSet<>(left.names());
            names.addAll(right.names());
            for (String name : names) {
                String at = path + "." + name;
                if (left.has(name) && right.has(name)) {
                    compare(at, left.at(name).orElseThrow(), right.at(name).orElseThrow(), differences);
                } else if (NAMED.stream().noneMatch(at::endsWith)) {
                    differences.add(at + (left.has(name) ? " is lacking" : " is too much"));
                }
            }
        } else if (!published.equals(ours)) {
            differences.add(path + " is " + ours + ", published " + published);
        }
    }
}
