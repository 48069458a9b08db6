package io.argosy.controllermanager.replicaset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.client.informer.SharedInformerFactory;
import io.argosy.client.request.ApiClient;
import io.argosy.client.request.DeleteOptions;
import io.argosy.client.request.ListQuery;
import io.argosy.client.request.ObjectJson;
import io.argosy.client.request.ResourceType;
import io.argosy.client.request.WriteMarks;
import io.argosy.client.testing.InMemoryApiServer;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.metrics.Metrics;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ReplicaPodsTest {

    private final InMemoryApiServer server = new InMemoryApiServer(Clock.system());
    private final ApiClient client = server.client();

    private ReplicaSet set() {
        return client.resource(ReplicaSet.class)
                .create(new ReplicaSetBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("web")
                        .withFinalizers("foregroundDeletion")
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(2)
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("app", "web")
                        .endMetadata()
                        .withNewSpec()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build());
    }

    /** Acts as the cache showed the set, which may be long ago, and returns the pods that are there then. */
    private List<Pod> podsAfter(ReplicaSet seen, ReplicaSetPlan plan) throws InterruptedException {
        try (SharedInformerFactory informers =
                new SharedInformerFactory(client, Clock.system(), RandomGenerator.getDefault(), Optional.empty())) {
            ControllerContext context = new ControllerContext(
                    "replicaset-controller",
                    client,
                    informers,
                    (regarding, type, reason, action, message) -> {},
                    Clock.system(),
                    RandomGenerator.getDefault(),
                    new Metrics(),
                    new WriteMarks());
            assertEquals(
                    Optional.empty(),
                    new ReplicaPods<>(context, ReplicaSet.class)
                            .act(seen, seen.getSpec().getTemplate(), plan));
        }
        return client.resource(Pod.class).list(ListQuery.in("default")).items();
    }

    @Test
    void createsWhatIsMissing() throws InterruptedException {
        assertEquals(2, podsAfter(set(), new ReplicaSetPlan.Create(2)).size());
    }

    @Test
    void aSetThatIsBeingDeletedGetsNoPodsThoughTheCacheDoesNotKnow() throws InterruptedException {
        ReplicaSet seen = ObjectJson.copy(set());
        client.resource(ReplicaSet.class)
                .delete(
                        ResourceType.keyOf(seen),
                        DeleteOptions.ofUid(seen.getMetadata().getUid()));
        assertEquals(List.of(), podsAfter(seen, new ReplicaSetPlan.Create(1)));
    }

    @Test
    void aSetThatWasMadeAnewGetsNoPodsOfTheOldOne() throws InterruptedException {
        ReplicaSet seen = ObjectJson.copy(set());
        seen.getMetadata().setUid("another");
        assertEquals(List.of(), podsAfter(seen, new ReplicaSetPlan.Create(1)));
    }
}
