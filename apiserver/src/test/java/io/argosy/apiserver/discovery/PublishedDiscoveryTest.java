package io.argosy.apiserver.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.definition.BuiltIns;
import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.published.PublishedSpec;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Compares with the documents that Kubernetes publishes with every group on. */
final class PublishedDiscoveryTest {

    private final DiscoveryDocuments documents = DiscoveryDocuments.of(BuiltIns.definitions(_ -> true));
    private final Path spec = PublishedSpec.folder("discovery");

    @Test
    void groupsAndResourcesAreThePublishedOnes() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(spec, "api*.json")) {
            for (Path file : files) {
                String[] parts =
                        file.getFileName().toString().replace(".json", "").split("__");
                ObjectValue published = JsonReader.readObject(Files.readAllBytes(file));
                if (!parts[0].equals("api") || parts.length > 1) {
                    assertEquals(published, ours(parts), file.toString());
                }
            }
        }
    }

    private ObjectValue ours(String[] parts) {
        boolean legacy = parts[0].equals("api");
        if (parts.length == 1) {
            return documents.groups().tree();
        }
        if (parts.length == 2 && !legacy) {
            return documents.group(parts[1]).orElseThrow().tree();
        }
        GroupVersion version = legacy ? new GroupVersion("", parts[1]) : new GroupVersion(parts[1], parts[2]);
        return documents.resources(version).orElseThrow().tree();
    }

    @Test
    void theAggregatedDocumentIsThePublishedOne() throws IOException {
        ObjectValue published = JsonReader.readObject(Files.readAllBytes(spec.resolve("aggregated_v2.json")));
        ObjectValue ours = documents.aggregated(false, "v2").orElseThrow().tree();
        assertEquals(
                published.array("items").orElseGet(ArrayValue::new),
                ours.array("items").orElseThrow());
    }
}
