package io.argosy.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.meta.GroupVersionResource;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.InformerScope;
import io.argosy.client.informer.MutationDetector;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.informer.SharedInformerFactory;
import io.argosy.client.informer.Versions;
import io.argosy.client.request.ApiClient;
import io.argosy.client.request.DeleteOptions;
import io.argosy.client.request.ListQuery;
import io.argosy.client.request.ObjectJson;
import io.argosy.client.request.Patch;
import io.argosy.client.request.ResourceClient;
import io.argosy.client.request.ResourceType;
import io.argosy.client.request.WatchEvent;
import io.argosy.client.request.WatchQuery;
import io.argosy.client.request.WatchStream;
import io.argosy.client.request.WriteOptions;
import io.argosy.daemon.clock.Clock;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What every API server must do for the client; runs against the one in memory and against real ones. */
public abstract class ApiSuite {

    static final String NAMESPACE = "default";

    protected abstract ApiClient client();

    /** A name that no other run used. */
    private final String run = "s" + Long.toString(System.nanoTime(), 36);

    private ConfigMap map(String name, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(run + "-" + name)
                .addToLabels("run", run)
                .endMetadata()
                .addToData("k", value)
                .build();
    }

    private ObjectKey key(String name) {
        return new ObjectKey(NAMESPACE, run + "-" + name);
    }

    @Test
    void createsReadsReplacesAndDeletes() {
        ResourceClient<ConfigMap> maps = client().resource(ConfigMap.class);
        ConfigMap made = maps.create(map("a", "1"));
        assertEquals(
                409,
                assertThrows(ApiException.class, () -> maps.create(map("a", "1")))
                        .code());
        ConfigMap next = ObjectJson.copy(made);
        next.getData().put("k", "2");
        ConfigMap updated = maps.update(next);
        assertTrue(Versions.of(updated) > Versions.of(made));
        ApiException stale = assertThrows(ApiException.class, () -> maps.update(next));
        assertEquals("Conflict", stale.reason());
        assertEquals("2", maps.get(key("a")).getData().get("k"));
        ApiException wrongUid =
                assertThrows(ApiException.class, () -> maps.delete(key("a"), DeleteOptions.ofUid("other")));
        assertEquals(409, wrongUid.code());
        maps.delete(key("a"), DeleteOptions.ofUid(made.getMetadata().getUid()));
        assertEquals(Optional.empty(), maps.find(key("a")));
        ApiException gone = assertThrows(ApiException.class, () -> maps.delete(key("a")));
        assertEquals("configmaps \"" + run + "-a\" not found", gone.message());
    }

    @Test
    void patchesInEveryForm() {
        ResourceClient<ConfigMap> maps = client().resource(ConfigMap.class);
        maps.create(map("p", "1"));
        maps.patch(key("p"), Patch.merge("{\"data\":{\"m\":\"x\",\"k\":null}}"));
        maps.patch(key("p"), Patch.json("[{\"op\":\"add\",\"path\":\"/data/j\",\"value\":\"y\"}]"));
        ConfigMap patched = maps.patch(key("p"), Patch.strategic(Map.of("data", Map.of("s", "z"))));
        assertEquals(Map.of("m", "x", "j", "y", "s", "z"), patched.getData());
        ConfigMap wanted = map("applied", "v");
        ConfigMap applied = maps.patch(key("applied"), Patch.apply(wanted), "", WriteOptions.apply("suite"));
        assertEquals("v", applied.getData().get("k"));
        maps.deleteAll(ListQuery.in(NAMESPACE).withLabels("run=" + run), DeleteOptions.NONE);
    }

    @Test
    void statusAndSpecAreWrittenApart() {
        ResourceClient<Deployment> deployments = client().resource(Deployment.class);
        Deployment made = deployments.create(new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(run + "-d")
                .endMetadata()
                .withNewSpec()
                .withReplicas(2)
                .withNewSelector()
                .addToMatchLabels("app", run)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", run)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("c")
                .withImage("i")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());
        assertEquals(1, made.getMetadata().getGeneration());
        Deployment next = ObjectJson.copy(made);
        next.getSpec().setReplicas(7);
        next.setStatus(new DeploymentStatusBuilder().withObservedGeneration(1L).build());
        Deployment status = deployments.updateStatus(next);
        assertEquals(2, status.getSpec().getReplicas());
        assertEquals(1L, status.getStatus().getObservedGeneration());
        Deployment scaled = deployments.patch(key("d"), Patch.merge("{\"spec\":{\"replicas\":3}}"));
        assertEquals(2, scaled.getMetadata().getGeneration());
        assertEquals(1L, scaled.getStatus().getObservedGeneration());
        deployments.delete(key("d"));
    }

    @Test
    void listsByPagesAndSelectors() {
        ResourceClient<ConfigMap> maps = client().resource(ConfigMap.class);
        for (int i = 0; i < 5; i++) {
            maps.create(map("l" + i, "" + i));
        }
        ListQuery mine = ListQuery.in(NAMESPACE).withLabels("run=" + run);
        assertEquals(5, maps.list(mine).items().size());
        var page = maps.list(mine.page(2, ""));
        assertEquals(2, page.items().size());
        assertFalse(page.continueToken().isEmpty());
        assertEquals(2, maps.list(mine.page(2, page.continueToken())).items().size());
        assertEquals(
                1,
                maps.list(ListQuery.in(NAMESPACE).withFields("metadata.name=" + run + "-l3"))
                        .items()
                        .size());
        ResourceType<GenericKubernetesResource> metadata =
                ResourceType.metadata(new GroupVersionResource("", "v1", "configmaps"), "ConfigMap", true);
        GenericKubernetesResource only =
                client().resource(metadata).list(mine).items().getFirst();
        assertEquals("ConfigMap", only.getKind());
        assertEquals(run, only.getMetadata().getLabels().get("run"));
        maps.deleteAll(mine, DeleteOptions.NONE);
        assertEquals(0, maps.list(mine).items().size());
    }

    @Test
    void watchesFromAVersion() {
        ResourceClient<ConfigMap> maps = client().resource(ConfigMap.class);
        String from = maps.list(ListQuery.in(NAMESPACE)).resourceVersion();
        maps.create(map("w", "1"));
        maps.patch(key("w"), Patch.merge("{\"data\":{\"k\":\"2\"}}"));
        maps.delete(key("w"));
        ListQuery mine = ListQuery.in(NAMESPACE).withLabels("run=" + run);
        try (WatchStream<ConfigMap> watch = maps.watch(WatchQuery.of(mine, from, Duration.ofMinutes(1)))) {
            assertEquals(WatchEvent.Added.class, watch.next().orElseThrow().getClass());
            assertEquals(WatchEvent.Modified.class, watch.next().orElseThrow().getClass());
            assertEquals(WatchEvent.Deleted.class, watch.next().orElseThrow().getClass());
        }
    }

    @Test
    void informersTellEveryChangeOnce() throws InterruptedException {
        ResourceClient<ConfigMap> maps = client().resource(ConfigMap.class);
        ConfigMap first = maps.create(map("i0", "0"));
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        MutationDetector detector = new MutationDetector();
        try (SharedInformerFactory factory = new SharedInformerFactory(
                client(), Clock.system(), RandomGenerator.getDefault(), Optional.of(detector))) {
            Informer<ConfigMap> informer = factory.informer(
                    ConfigMap.class, InformerScope.in(NAMESPACE).withLabels("run=" + run));
            informer.addIndex("value", object -> List.of(object.getData().get("k")));
            informer.addHandler(new ResourceHandler<>() {
                @Override
                public void added(ConfigMap object, boolean initial) {
                    told.add(
                            (initial ? "initial " : "added ") + object.getData().get("k"));
                }

                @Override
                public void updated(ConfigMap before, ConfigMap after) {
                    told.add(
                            before.getData().get("k") + " to " + after.getData().get("k"));
                }

                @Override
                public void deleted(ConfigMap last) {
                    told.add("deleted " + last.getData().get("k"));
                }
            });
            factory.start();
            factory.awaitSynced();
            assertEquals("initial 0", told.poll(10, TimeUnit.SECONDS));
            ConfigMap second = maps.create(map("i1", "1"));
            assertEquals("added 1", told.poll(10, TimeUnit.SECONDS));
            disturb();
            ConfigMap changed = maps.patch(key("i1"), Patch.merge("{\"data\":{\"k\":\"2\"}}"));
            assertEquals("1 to 2", told.poll(30, TimeUnit.SECONDS));
            assertTrue(informer.awaitVersion(Versions.of(changed), Duration.ofSeconds(10)));
            assertEquals(1, informer.byIndex("value", "2").size());
            assertEquals(0, informer.byIndex("value", "1").size());
            assertNotEquals(Versions.of(first), Versions.of(second));
            assertEquals("2", informer.get(key("i1")).orElseThrow().getData().get("k"));
            maps.delete(key("i0"));
            assertEquals("deleted 0", told.poll(10, TimeUnit.SECONDS));
            maps.delete(key("i1"));
            assertEquals("deleted 2", told.poll(10, TimeUnit.SECONDS));
            assertTrue(told.isEmpty());
        }
    }

    /** Breaks watches off, where the server lets us. */
    protected void disturb() {}
}
