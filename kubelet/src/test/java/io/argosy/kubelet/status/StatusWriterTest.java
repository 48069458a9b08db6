package io.argosy.kubelet.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.request.ApiClient;
import io.argosy.client.testing.InMemoryApiServer;
import io.argosy.client.transport.HttpAnswer;
import io.argosy.daemon.clock.Clock;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StatusWriterTest {

    private static final HttpAnswer CONFLICT = new HttpAnswer(
            409,
            Map.of("content-type", "application/json"),
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"Conflict\",\"code\":409}"
                    .getBytes(StandardCharsets.UTF_8));

    private final InMemoryApiServer server = new InMemoryApiServer(Clock.system());
    private final List<String> patched = new CopyOnWriteArrayList<>();
    private final CountDownLatch firstIsUnderWay = new CountDownLatch(1);
    private final CountDownLatch firstMayGo = new CountDownLatch(1);
    private final CountDownLatch otherIsWritten = new CountDownLatch(1);
    private final CountDownLatch secondIsWritten = new CountDownLatch(1);

    @Test
    void anOlderStatusNeverOvertakesANewerOne() throws Exception {
        try (ApiClient client = server.client();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Pod slow = client.resource(Pod.class).create(pod("slow"));
            Pod other = client.resource(Pod.class).create(pod("other"));
            server.before(call -> {
                if (call.method().equals("PATCH")) {
                    patched(call.path(), new String(call.body(), StandardCharsets.UTF_8));
                }
                return Optional.empty();
            });
            StatusWriter writer = new StatusWriter(client, Clock.system(), Optional::of);
            for (int thread = 0; thread < 2; thread++) {
                threads.submit(() -> {
                    writer.run();
                    return null;
                });
            }
            writer.set(slow, status("Pending"));
            firstIsUnderWay.await();
            writer.set(slow, status("Running"));
            writer.set(other, status("Running"));
            otherIsWritten.await();
            assertEquals(List.of("slow Pending", "other Running"), patched);
            firstMayGo.countDown();
            secondIsWritten.await();
            while (!phase(client, "slow").equals("Running")) {
                Thread.onSpinWait();
            }
            assertEquals(List.of("slow Pending", "other Running", "slow Running"), patched);
            threads.shutdownNow();
        }
    }

    @Test
    void aStatusThatMetAConflictIsWrittenAgain() throws Exception {
        try (ApiClient client = server.client();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Pod pod = client.resource(Pod.class).create(pod("contested"));
            CountDownLatch conflicts = new CountDownLatch(1);
            server.before(call -> {
                boolean first = call.method().equals("PATCH") && conflicts.getCount() > 0;
                if (first) {
                    conflicts.countDown();
                }
                return first ? Optional.of(CONFLICT) : Optional.empty();
            });
            StatusWriter writer = new StatusWriter(client, Clock.system(), Optional::of);
            threads.submit(() -> {
                writer.run();
                return null;
            });
            writer.set(pod, status("Running"));
            conflicts.await();
            while (!phase(client, "contested").equals("Running")) {
                Thread.onSpinWait();
            }
            threads.shutdownNow();
        }
    }

    private void patched(String path, String body) {
        String name = path.contains("/slow/") ? "slow" : "other";
        patched.add(name + (body.contains("\"phase\":\"Pending\"") ? " Pending" : " Running"));
        if (name.equals("other")) {
            otherIsWritten.countDown();
        } else if (body.contains("\"phase\":\"Pending\"")) {
            firstIsUnderWay.countDown();
            awaitFirstMayGo();
        } else {
            secondIsWritten.countDown();
        }
    }

    private void awaitFirstMayGo() {
        try {
            firstMayGo.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String phase(ApiClient client, String name) {
        return client.resource(Pod.class)
                .get(new ObjectKey("default", name))
                .getStatus()
                .getPhase();
    }

    private static io.fabric8.kubernetes.api.model.PodStatus status(String phase) {
        return new PodStatusBuilder().withPhase(phase).build();
    }

    private static Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("c")
                .withImage("i")
                .endContainer()
                .endSpec()
                .withStatus(status(""))
                .build();
    }
}
