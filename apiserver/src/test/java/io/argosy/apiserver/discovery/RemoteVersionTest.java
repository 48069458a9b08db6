package io.argosy.apiserver.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.definition.BuiltIns;
import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RemoteVersionTest {

    private static final GroupVersion VERSION = new GroupVersion("wardle.example.com", "v1alpha1");

    private static ObjectValue yaml(String text) {
        return (ObjectValue) YamlReader.read(text.getBytes(UTF_8));
    }

    private static DiscoveryDocuments documents(Optional<ArrayValue> resources, boolean fresh) {
        return DiscoveryDocuments.of(
                BuiltIns.definitions(), List.of(new RemoteVersion(VERSION, 2000, 200, resources, fresh)));
    }

    private static ObjectValue aggregated(DiscoveryDocuments documents) {
        return documents
                .aggregated(false, "v2")
                .orElseThrow()
                .tree()
                .array("items")
                .orElseThrow()
                .objects()
                .filter(group -> group.string("metadata", "name").orElse("").equals(VERSION.group()))
                .findFirst()
                .flatMap(group -> group.array("versions"))
                .flatMap(versions -> versions.objects().findFirst())
                .orElseThrow();
    }

    @Test
    void aResourceListIsToldInTheAggregatedForm() {
        ArrayValue resources = RemoteVersion.resourcesOf(yaml("""
                resources:
                - {name: flunders, singularName: flunder, namespaced: true, kind: Flunder, verbs: [get], shortNames: [fl]}
                - {name: flunders/status, singularName: "", namespaced: true, kind: Flunder, verbs: [get]}
                - {name: flunders/scale, namespaced: true, group: autoscaling, version: v1, kind: Scale, verbs: [get]}
                """), VERSION);
        assertEquals(yaml("""
                l:
                - resource: flunders
                  responseKind: {group: wardle.example.com, version: v1alpha1, kind: Flunder}
                  scope: Namespaced
                  singularResource: flunder
                  verbs: [get]
                  shortNames: [fl]
                  subresources:
                  - subresource: status
                    responseKind: {group: wardle.example.com, version: v1alpha1, kind: Flunder}
                    verbs: [get]
                  - subresource: scale
                    responseKind: {group: autoscaling, version: v1, kind: Scale}
                    verbs: [get]
                """).array("l").orElseThrow(), resources);
    }

    @Test
    void otherServersAreToldBesideThisOne() {
        DiscoveryDocuments documents = documents(Optional.of(new ArrayValue()), true);
        assertEquals("Current", aggregated(documents).string("freshness").orElseThrow());
        assertTrue(documents.group(VERSION.group()).isPresent());
        assertTrue(documents.resources(VERSION).isEmpty());
        assertTrue(documents
                .groups()
                .tree()
                .array("groups")
                .orElseThrow()
                .objects()
                .anyMatch(group -> group.string("name").orElse("").equals(VERSION.group())));
    }

    @Test
    void aServerThatSaysNothingIsStale() {
        ObjectValue version = aggregated(documents(Optional.empty(), false));
        assertEquals("Stale", version.string("freshness").orElseThrow());
        assertTrue(version.at("resources").isEmpty());
    }

    @Test
    void aVersionIsFoundInWhatItsServerTells() {
        ObjectValue list = yaml("""
                items:
                - metadata: {name: wardle.example.com}
                  versions: [{version: v1beta1, resources: []}, {version: v1alpha1, resources: [{resource: flunders}]}]
                """);
        assertEquals(1, RemoteVersion.resourcesIn(list, VERSION).orElseThrow().size());
        assertTrue(RemoteVersion.resourcesIn(list, new GroupVersion("wardle.example.com", "v2"))
                .isEmpty());
    }
}
