package io.argosy.apiserver.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.definition.Scope;
import io.argosy.apimodel.definition.VersionDefinition;
import io.argosy.apimodel.meta.FieldSelector;
import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.schema.Checks;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.storage.encryption.Transformer;
import io.argosy.apiserver.storage.memory.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A custom resource whose versions differ: v1 says "hostPort", v2 "host" and "port". */
class ConvertedVersionsTest {

    private static final GroupVersion V1 = new GroupVersion("example.com", "v1");
    private static final GroupVersion V2 = new GroupVersion("example.com", "v2");

    private final MemoryStore store = new MemoryStore(InstantSource.system());
    private final List<Integer> batches = new ArrayList<>();
    private final List<ResourceCaches> opened = new ArrayList<>();

    private final Converter converter = new Converter() {
        @Override
        public ObjectValue convert(ObjectValue object, GroupVersionKind from, GroupVersionKind to) {
            return convertAll(List.of(object), from, to).getFirst();
        }

        @Override
        public List<ObjectValue> convertAll(List<ObjectValue> objects, GroupVersionKind from, GroupVersionKind to) {
            batches.add(objects.size());
            objects.forEach(object -> {
                if (to.version().equals("v2")) {
                    String[] parts = object.string("hostPort").orElse("").split(":");
                    object.remove("hostPort");
                    object.put("host", parts[0]).put("port", parts[1]);
                } else {
                    object.put(
                            "hostPort",
                            object.string("host").orElse("") + ":"
                                    + object.string("port").orElse(""));
                    object.remove("host");
                    object.remove("port");
                }
            });
            return objects;
        }
    };

    private static VersionDefinition version(String name, String... selectable) {
        ObjectSchema schema = new ObjectSchema("", "", List.of(), false, true, false, Checks.NONE);
        return new VersionDefinition(
                name, true, () -> schema, Set.of(), Map.of(), List.of(), List.of(selectable), Optional.empty());
    }

    private ResourceCache open(String storageVersion) throws InterruptedException {
        ResourceCaches caches = new ResourceCaches(
                store,
                "/registry",
                InstantSource.system(),
                Thread.ofVirtual().factory(),
                new EncodingBudget(1 << 20),
                CacheMetrics.NONE);
        opened.add(caches);
        ResourceDefinition definition = new ResourceDefinition(
                "example.com",
                new ResourceDefinition.Names("hosts", "host", "Host", "HostList", List.of(), List.of()),
                Scope.NAMESPACED,
                List.of(version("v2", "host", "port"), version("v1", "hostPort")),
                storageVersion,
                "example.com/hosts",
                false);
        ResourceCache cache = caches.add(
                new ResourceSetup(definition, List.of(), converter, Transformer.IDENTITY, UnaryOperator.identity()));
        caches.start();
        assertTrue(caches.awaitSync(Duration.ofSeconds(20)));
        return cache;
    }

    @AfterEach
    void close() {
        opened.forEach(ResourceCaches::close);
    }

    private static ObjectValue host(String name, GroupVersion version) {
        return new ObjectValue()
                .put("apiVersion", version.toString())
                .put("kind", "Host")
                .put("metadata", new ObjectValue().put("name", name).put("namespace", "ns"));
    }

    private static List<String> names(ResourceCache cache, String selector) throws InterruptedException {
        FieldSelector fields = FieldSelector.parse(selector);
        return cache.list(ListOptions.ALL.withSelectors(LabelSelector.everything(), fields)).images().stream()
                .map(image -> image.key().name())
                .toList();
    }

    @Test
    void answersObjectsOfAllVersionsInEach() throws InterruptedException {
        ResourceCache before = open("v1");
        for (int i = 0; i < 3; i++) {
            before.create(
                    new ObjectKey("ns", "old" + i),
                    host("old" + i, V1).put("hostPort", "h" + i + ":80"),
                    Optional.empty());
        }
        ResourceCache after = open("v2");
        after.create(
                new ObjectKey("ns", "young"),
                host("young", V2).put("host", "h0").put("port", "81"),
                Optional.empty());
        assertEquals(List.of(), batches, "nothing is converted until it is asked for");

        ListPage page = after.list(ListOptions.ALL);
        String list = new String(after.form(V2).list(page, Encoding.JSON).toByteArray(), StandardCharsets.UTF_8);
        assertEquals(List.of(3), batches, "those of another version are converted together");
        assertTrue(list.contains("\"host\":\"h2\"") && !list.contains("hostPort"), list);
        ObjectImage old = page.images().getFirst();
        assertEquals("h0", old.tree().string("host").orElse(""), "trees are of the version stored today");
        String same = new String(old.body(after.form(V1), Encoding.JSON).toByteArray(), StandardCharsets.UTF_8);
        assertTrue(same.contains("\"hostPort\":\"h0:80\""), same);
    }

    @Test
    void selectsByTheFieldsOfEachVersion() throws InterruptedException {
        ResourceCache cache = open("v1");
        cache.create(new ObjectKey("ns", "a"), host("a", V1).put("hostPort", "h0:80"), Optional.empty());
        cache.create(new ObjectKey("ns", "b"), host("b", V1).put("hostPort", "h0:81"), Optional.empty());
        assertEquals(List.of("a", "b"), names(cache, "host=h0"));
        assertEquals(List.of("b"), names(cache, "host=h0,port=81"));
        assertEquals(List.of("a"), names(cache, "hostPort=h0:80"));
    }
}
