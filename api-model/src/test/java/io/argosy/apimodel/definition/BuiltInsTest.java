package io.argosy.apimodel.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.meta.GroupVersionKind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BuiltInsTest {

    private final Definitions definitions = BuiltIns.definitions();

    @Test
    void groupsStandInTheOrderOfTheirPriority() {
        List<String> names =
                BuiltIns.groups().stream().map(GroupDefinition::name).toList();
        assertEquals(List.of("apiregistration.k8s.io", "", "apps", "events.k8s.io"), names.subList(0, 4));
        assertEquals(23, names.size());
    }

    @Test
    void objectsLieWhereOtherServersLookForThem() {
        assertEquals("minions", find("", "nodes").storagePath());
        assertEquals("services/specs", find("", "services").storagePath());
        assertEquals("services/endpoints", find("", "endpoints").storagePath());
        assertEquals("controllers", find("", "replicationcontrollers").storagePath());
        assertEquals("ingress", find("networking.k8s.io", "ingresses").storagePath());
        assertEquals("leases", find("coordination.k8s.io", "leases").storagePath());
        assertEquals(
                "apiregistration.k8s.io/apiservices",
                find("apiregistration.k8s.io", "apiservices").storagePath());
        assertFalse(find("authorization.k8s.io", "subjectaccessreviews").stored());
    }

    @Test
    void someAreStoredAsAnotherKind() {
        assertEquals(
                new GroupVersionKind("", "v1", "Event"),
                find("events.k8s.io", "events").storageKind());
        assertEquals(
                "v1beta1",
                find("admissionregistration.k8s.io", "mutatingadmissionpolicies")
                        .storageVersion());
        assertTrue(find("apiextensions.k8s.io", "customresourcedefinitions")
                .storageForm()
                .json());
        assertFalse(find("", "pods").storageForm().json());
    }

    @Test
    void versionsThatAreOffByDefaultCanBeTurnedOn() {
        GroupResource slices = new GroupResource("resource.k8s.io", "resourceslices");
        assertFalse(definitions
                .find(slices)
                .orElseThrow()
                .version("v1beta1")
                .orElseThrow()
                .served());
        Definitions all = BuiltIns.definitions(version -> version.version().equals("v1beta1"));
        assertTrue(
                all.find(slices).orElseThrow().version("v1beta1").orElseThrow().served());
    }

    @Test
    void subresourcesHaveKindsAndVerbsOfTheirOwn() {
        VersionDefinition pods = find("", "pods").version("v1").orElseThrow();
        SubresourceDefinition eviction = pods.subresources().get("eviction");
        assertEquals(new GroupVersionKind("policy", "v1", "Eviction"), eviction.kind());
        assertEquals(Set.of("create"), eviction.verbs());
        assertEquals(
                new GroupVersionKind("", "v1", "Pod"),
                pods.subresources().get("status").kind());
        assertEquals(
                ".spec.replicas",
                find("apps", "deployments")
                        .version("v1")
                        .orElseThrow()
                        .subresources()
                        .get("scale")
                        .scale()
                        .orElseThrow()
                        .specReplicas());
    }

    @Test
    void deprecatedVersionsWarn() {
        assertEquals(
                "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice",
                find("", "endpoints")
                        .version("v1")
                        .orElseThrow()
                        .deprecationWarning()
                        .orElseThrow());
    }

    private ResourceDefinition find(String group, String resource) {
        return definitions.find(new GroupResource(group, resource)).orElseThrow();
    }
}
