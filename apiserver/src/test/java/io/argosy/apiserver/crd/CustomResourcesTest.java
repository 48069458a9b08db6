package io.argosy.apiserver.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.cache.Converter;
import io.argosy.apiserver.callout.ServiceAddresses;
import io.argosy.apiserver.callout.WebhookCaller;
import io.argosy.apiserver.objects.MemoryObjects;
import io.argosy.apiserver.objects.Resources;
import io.argosy.apiserver.registry.ResourceRules;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CustomResourcesTest {

    private static final GroupResource WIDGETS = new GroupResource("example.com", "widgets");

    private final MemoryObjects objects = new MemoryObjects();
    private final ResourceRules rules = new ResourceRules();
    private final List<ResourceDefinition> served = new ArrayList<>();
    private final List<GroupResource> withdrawn = new ArrayList<>();

    private final CustomResources.Serving serving = new CustomResources.Serving() {
        @Override
        public void serve(ResourceDefinition definition, Converter converter) {
            served.add(definition);
        }

        @Override
        public void withdraw(GroupResource resource) {
            withdrawn.add(resource);
        }

        @Override
        public boolean empty(GroupResource resource) {
            return true;
        }

        @Override
        public Set<String> builtInNames(String group) {
            return Set.of();
        }
    };

    private static ObjectValue crd(String plural, String kind) {
        ObjectValue crd = (ObjectValue) YamlReader.read(
                """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: PLURAL.example.com}
                spec:
                  group: example.com
                  scope: Namespaced
                  names: {plural: PLURAL, kind: KIND, singular: one-PLURAL, listKind: KINDList}
                  conversion: {strategy: None}
                  versions:
                  - {name: v1beta1, served: true, storage: false, schema: {openAPIV3Schema: {type: object}}}
                  - name: v1
                    served: true
                    storage: true
                    subresources: {status: {}}
                    schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object}}}}
                """.replace("PLURAL", plural).replace("KIND", kind).getBytes(StandardCharsets.UTF_8));
        return crd;
    }

    private void settle() throws InterruptedException {
        CustomResources resources = new CustomResources(
                objects,
                rules,
                serving,
                new WebhookCaller(new ServiceAddresses(objects, new java.util.Random(1)), () -> Instant.EPOCH),
                () -> Instant.EPOCH,
                runnable -> new Thread(() -> {}));
        resources.start();
        resources.close();
    }

    @Test
    void servesWhatIsEstablished() throws InterruptedException {
        objects.create(Resources.CUSTOM_RESOURCE_DEFINITIONS, crd("widgets", "Widget"));
        settle();
        ObjectValue stored = objects.find(Resources.CUSTOM_RESOURCE_DEFINITIONS, "", "widgets.example.com")
                .orElseThrow();
        assertTrue(Conditions.isTrue(stored, "Established"));
        assertTrue(Conditions.isTrue(stored, "NamesAccepted"));
        assertEquals(WIDGETS, served.getFirst().groupResource());
        assertEquals("v1", served.getFirst().versions().getFirst().name());
        assertTrue(rules.strategy(WIDGETS, "status").isPresent());
    }

    @Test
    void refusesNamesThatAreTaken() throws InterruptedException {
        objects.create(Resources.CUSTOM_RESOURCE_DEFINITIONS, crd("widgets", "Widget"));
        settle();
        objects.create(Resources.CUSTOM_RESOURCE_DEFINITIONS, crd("others", "Widget"));
        settle();
        ObjectValue second = objects.find(Resources.CUSTOM_RESOURCE_DEFINITIONS, "", "others.example.com")
                .orElseThrow();
        assertEquals(
                "KindConflict",
                Conditions.find(second, "NamesAccepted")
                        .orElseThrow()
                        .string("reason")
                        .orElseThrow());
        assertTrue(!Conditions.isTrue(second, "Established"));
    }

    @Test
    void emptiesAndLetsGo() throws InterruptedException {
        ObjectValue crd = crd("widgets", "Widget");
        crd.objectOrNew("metadata").put("deletionTimestamp", "2026-01-01T00:00:00Z");
        crd.objectOrNew("metadata")
                .arrayOrNew("finalizers")
                .add(io.argosy.apimodel.tree.Value.of(DefinitionStrategy.FINALIZER));
        objects.create(Resources.CUSTOM_RESOURCE_DEFINITIONS, crd);
        settle();
        assertTrue(objects.find(Resources.CUSTOM_RESOURCE_DEFINITIONS, "", "widgets.example.com")
                .isEmpty());
    }

    @Test
    void tellsWhatIsWrongWithADefinition() {
        ObjectValue crd = crd("widgets", "Widget");
        assertEquals(List.of(), DefinitionValidation.errors(crd));
        crd.objectOrNew("metadata").put("name", "x");
        crd.array("spec", "versions").orElseThrow().objects().forEach(version -> version.put("storage", false));
        assertEquals(
                List.of("metadata.name", "spec.versions"),
                DefinitionValidation.errors(crd).stream()
                        .map(FieldError::path)
                        .map(Object::toString)
                        .toList());
    }
}
