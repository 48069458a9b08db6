package io.argosy.apiserver.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.definition.BuiltIns;
import io.argosy.apimodel.definition.Definitions;
import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DiscoveryDocumentsTest {

    private final DiscoveryDocuments documents = DiscoveryDocuments.of(BuiltIns.definitions());

    @Test
    void groupsAreListedByPriority() {
        List<String> names = documents
                .groups()
                .tree()
                .array("groups")
                .orElseThrow()
                .objects()
                .map(group -> group.string("name").orElseThrow())
                .toList();
        assertEquals(20, names.size());
        assertEquals(List.of("apiregistration.k8s.io", "apps", "events.k8s.io"), names.subList(0, 3));
        assertEquals("flowcontrol.apiserver.k8s.io", names.getLast());
    }

    @Test
    void theNewestAutoscalingVersionIsPreferred() {
        ObjectValue group = documents.group("autoscaling").orElseThrow().tree();
        assertEquals("v2", group.string("preferredVersion", "version").orElseThrow());
        assertEquals(2, group.array("versions").orElseThrow().size());
    }

    @Test
    void resourcesTellHowTheyAreStored() {
        ObjectValue list =
                documents.resources(new GroupVersion("", "v1")).orElseThrow().tree();
        assertTrue(list.string("apiVersion").isEmpty());
        ObjectValue configMaps = resource(list, "configmaps");
        assertEquals("qFsyl6wFWjQ=", configMaps.string("storageVersionHash").orElseThrow());
        ObjectValue eviction = resource(list, "pods/eviction");
        assertEquals("policy", eviction.string("group").orElseThrow());
        assertEquals("", eviction.string("singularName").orElseThrow());
    }

    @Test
    void hashesAreThoseOfTheStoredKind() {
        assertEquals(
                "gIwvi5rymmg=", ResourceLists.storageVersionHash(new GroupVersionKind("example.com", "v1", "Widget")));
    }

    @Test
    void aggregatedDocumentsHoldAllOfIt() {
        ObjectValue list = documents.aggregated(false, "v2").orElseThrow().tree();
        assertEquals("apidiscovery.k8s.io/v2", list.string("apiVersion").orElseThrow());
        ObjectValue scale = list.array("items")
                .orElseThrow()
                .objects()
                .filter(group -> group.string("metadata", "name").orElseThrow().equals("apps"))
                .flatMap(group -> group.array("versions").orElseThrow().objects())
                .flatMap(version -> version.array("resources").orElseThrow().objects())
                .filter(resource -> resource.string("resource").orElseThrow().equals("deployments"))
                .flatMap(
                        resource -> resource.array("subresources").orElseThrow().objects())
                .filter(part -> part.string("subresource").orElseThrow().equals("scale"))
                .findFirst()
                .orElseThrow();
        assertEquals("autoscaling", scale.string("responseKind", "group").orElseThrow());
    }

    @Test
    void versionsThatAreOffAreNotTold() {
        assertTrue(documents
                .resources(new GroupVersion("resource.k8s.io", "v1beta1"))
                .isEmpty());
        Definitions all = BuiltIns.definitions(_ -> true);
        assertTrue(DiscoveryDocuments.of(all)
                .resources(new GroupVersion("resource.k8s.io", "v1beta1"))
                .isPresent());
    }

    @Test
    void stableVersionsComeBeforeBetaBeforeAlpha() {
        List<String> names = List.of("v1beta1", "foo", "v10", "v2", "v1alpha2", "v1beta2", "v1", "v11alpha1");
        assertEquals(
                List.of("v10", "v2", "v1", "v1beta2", "v1beta1", "v11alpha1", "v1alpha2", "foo"),
                names.stream().sorted(VersionOrder.PREFERRED_FIRST).toList());
    }

    private static ObjectValue resource(ObjectValue list, String name) {
        return list.array("resources")
                .orElseThrow()
                .objects()
                .filter(item -> item.string("name").orElseThrow().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
