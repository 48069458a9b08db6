package io.argosy.apiserver.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.definition.BuiltIns;
import io.argosy.apimodel.definition.Definitions;
import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.definition.Scope;
import io.argosy.apimodel.definition.VersionDefinition;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.structural.StructuralSchema;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class OpenApiDocumentsTest {

    private static final Definitions BUILT_IN = BuiltIns.definitions();
    private static final OpenApiDocuments DOCUMENTS = OpenApiDocuments.of(BUILT_IN);

    @Test
    void theIndexNamesEachDocumentWithItsHash() {
        ObjectValue index = JsonReader.readObject(DOCUMENTS.index().json());
        String hash = DOCUMENTS.third("apis/apps/v1").orElseThrow().hash();
        assertEquals(
                "/openapi/v3/apis/apps/v1?hash=" + hash,
                index.string("paths", "apis/apps/v1", "serverRelativeURL").orElseThrow());
        assertFalse(index.object("paths").orElseThrow().has("apis/resource.k8s.io/v1beta1"));
        assertTrue(DOCUMENTS.third("apis/no.such.group/v1").isEmpty());
    }

    @Test
    void clientsFindOutThatFieldsCanBeValidated() {
        ObjectValue patch = DOCUMENTS
                .thirdTree("apis/apps/v1")
                .object("paths", "/apis/apps/v1/namespaces/{namespace}/deployments/{name}", "patch")
                .orElseThrow();
        assertEquals(
                "patchAppsV1NamespacedDeployment", patch.string("operationId").orElseThrow());
        assertTrue(patch.array("parameters")
                .orElseThrow()
                .objects()
                .anyMatch(parameter -> parameter.string("name").orElseThrow().equals("fieldValidation")));
        assertEquals(
                "Deployment",
                patch.string("x-kubernetes-group-version-kind", "kind").orElseThrow());
    }

    @Test
    void schemasComeWithAllTheyReferTo() {
        ObjectValue schemas =
                DOCUMENTS.thirdTree("api/v1").object("components", "schemas").orElseThrow();
        ObjectValue ports = schemas.object("io.k8s.api.core.v1.Container", "properties", "ports")
                .orElseThrow();
        assertEquals(
                "containerPort", ports.string("x-kubernetes-patch-merge-key").orElseThrow());
        assertEquals(
                "TCP",
                schemas.string("io.k8s.api.core.v1.ContainerPort", "properties", "protocol", "default")
                        .orElseThrow());
        assertTrue(schemas.has("io.k8s.apimachinery.pkg.api.resource.Quantity"));
        assertTrue(schemas.has("io.k8s.api.policy.v1.Eviction"));
    }

    @Test
    void theSecondVersionHoldsEverything() {
        ObjectValue document = DOCUMENTS.secondTree();
        assertTrue(document.object("definitions").orElseThrow().has("io.k8s.api.batch.v1.CronJob"));
        ObjectValue post =
                document.object("paths", "/api/v1/namespaces", "post").orElseThrow();
        ObjectValue body =
                post.array("parameters").orElseThrow().objects().findFirst().orElseThrow();
        assertEquals(
                "#/definitions/io.k8s.api.core.v1.Namespace",
                body.string("schema", "$ref").orElseThrow());
    }

    @Test
    void customResourcesJoinIn() {
        ObjectValue declared = JsonReader.readObject("""
                {"type": "object", "description": "A widget.",
                 "properties": {"size": {"type": "integer", "default": 3}}}""".getBytes(UTF_8));
        ObjectSchema schema = StructuralSchema.load(declared);
        VersionDefinition version = new VersionDefinition(
                "v1",
                true,
                () -> schema,
                Set.of("get", "list", "patch"),
                Map.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of(declared));
        ResourceDefinition widgets = new ResourceDefinition(
                "example.com",
                new ResourceDefinition.Names("widgets", "widget", "Widget", "WidgetList", List.of(), List.of()),
                Scope.NAMESPACED,
                List.of(version),
                "v1",
                "example.com/widgets",
                false);
        List<ResourceDefinition> all = new ArrayList<>(BUILT_IN.all());
        all.add(widgets);
        OpenApiDocument apps = DOCUMENTS.third("apis/apps/v1").orElseThrow();
        OpenApiDocuments after = DOCUMENTS.after(new Definitions(all));
        assertSame(apps, after.third("apis/apps/v1").orElseThrow());
        ObjectValue document = after.thirdTree("apis/example.com/v1");
        ObjectValue widget = document.object("components", "schemas", "com.example.v1.Widget")
                .orElseThrow();
        assertEquals(3, widget.integer("properties", "size", "default").orElseThrow());
        assertEquals("Kubernetes CRD Swagger", document.string("info", "title").orElseThrow());
        assertEquals("A widget.", widget.string("description").orElseThrow());
        assertTrue(document.object("components", "schemas").orElseThrow().has("com.example.v1.WidgetList"));
        assertTrue(document.object("paths")
                .orElseThrow()
                .has("/apis/example.com/v1/namespaces/{namespace}/widgets/{name}"));
    }
}
