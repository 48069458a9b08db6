package io.argosy.apiserver.cache;

import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.definition.Scope;
import io.argosy.apimodel.definition.VersionDefinition;
import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.schema.Checks;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.storage.memory.MemoryStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Caches over a store in memory, with one custom resource: widgets. */
final class CacheFixture implements AutoCloseable {

    static final GroupVersion V1 = new GroupVersion("example.com", "v1");
    static final Duration SOON = Duration.ofSeconds(20);

    final MemoryStore store = new MemoryStore(InstantSource.system());
    final ResourceCaches caches = caches();
    final ResourceCache widgets = caches.add(ResourceSetup.of(widgets()));

    ResourceCaches caches() {
        return caches(0);
    }

    ResourceCaches caches(int replay) {
        return new ResourceCaches(
                store,
                "/registry",
                InstantSource.system(),
                Thread.ofVirtual().factory(),
                new EncodingBudget(1 << 20),
                CacheMetrics.NONE,
                replay);
    }

    CacheFixture start() throws InterruptedException {
        caches.start();
        if (!caches.awaitSync(SOON)) {
            throw new IllegalStateException("the caches were not filled");
        }
        return this;
    }

    static ResourceDefinition widgets() {
        ObjectSchema schema = new ObjectSchema("", "", List.of(), false, true, false, Checks.NONE);
        VersionDefinition version = new VersionDefinition(
                "v1", true, () -> schema, Set.of(), Map.of(), List.of(), List.of("spec.node"), Optional.empty());
        return new ResourceDefinition(
                "example.com",
                new ResourceDefinition.Names("widgets", "widget", "Widget", "WidgetList", List.of(), List.of()),
                Scope.NAMESPACED,
                List.of(version),
                "v1",
                "example.com/widgets",
                false);
    }

    static ObjectValue widget(String namespace, String name, String node, Map<String, String> labels) {
        ObjectValue metadata = new ObjectValue()
                .put("name", name)
                .put("namespace", namespace)
                .put("labels", ObjectValue.ofStrings(labels));
        return new ObjectValue()
                .put("apiVersion", "example.com/v1")
                .put("kind", "Widget")
                .put("metadata", metadata)
                .put("spec", new ObjectValue().put("node", node));
    }

    ObjectImage create(String namespace, String name, String node) {
        return create(namespace, name, node, Map.of());
    }

    ObjectImage create(String namespace, String name, String node, Map<String, String> labels) {
        return widgets.create(new ObjectKey(namespace, name), widget(namespace, name, node, labels), Optional.empty());
    }

    ObjectImage update(ObjectImage expected, String node, Map<String, String> labels) {
        ObjectKey key = expected.key();
        WriteResult result = widgets.update(key, expected, widget(key.namespace(), key.name(), node, labels));
        return ((WriteResult.Written) result).image();
    }

    @Override
    public void close() {
        caches.close();
    }
}
