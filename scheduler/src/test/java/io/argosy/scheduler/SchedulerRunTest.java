package io.argosy.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.events.EventRecorder;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.informer.SharedInformerFactory;
import io.argosy.client.request.ApiClient;
import io.argosy.client.testing.InMemoryApiServer;
import io.argosy.client.transport.HttpAnswer;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.lifecycle.Stack;
import io.argosy.daemon.metrics.Metrics;
import io.argosy.scheduler.binding.Binder;
import io.argosy.scheduler.binding.FailureReports;
import io.argosy.scheduler.preemption.Evictor;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The whole scheduler against an API server in memory. */
final class SchedulerRunTest {

    private static final int PODS = 40;

    @Test
    void bindsEveryPodOnceWithoutOvercommitWhenBindingsFail() throws Exception {
        Clock clock = Clock.system();
        InMemoryApiServer server = new InMemoryApiServer(clock);
        AtomicInteger bindings = new AtomicInteger();
        server.before(call -> {
            // Every third answer gets lost, half of them before the server did anything.
            if (call.path().endsWith("/binding") && bindings.incrementAndGet() % 3 == 0) {
                if (bindings.get() % 2 == 0) {
                    throw new IOException("connection lost");
                }
                return Optional.of(new HttpAnswer(500, Map.of(), new byte[0]));
            }
            return Optional.<HttpAnswer>empty();
        });
        for (int i = 0; i < 5; i++) {
            server.with(Things.plainNode("n" + i));
        }
        ApiClient client = server.client();
        CountDownLatch bound = new CountDownLatch(PODS);
        try (Stack parts = new Stack()) {
            start(client, clock, parts, bound);
            for (int i = 0; i < PODS; i++) {
                client.resource(Pod.class).create(Things.plainPod("p" + i, "500m"));
            }
            assertTrue(bound.await(60, TimeUnit.SECONDS), () -> "not bound: " + bound.getCount());
        }
        Map<String, Integer> perNode = new HashMap<>();
        for (int i = 0; i < PODS; i++) {
            Pod pod = client.resource(Pod.class).get(new ObjectKey("default", "p" + i));
            perNode.merge(pod.getSpec().getNodeName(), 1, Integer::sum);
        }
        assertEquals(5, perNode.size());
        perNode.forEach((node, count) -> assertTrue(count <= 8, node + " has " + count + " pods of half a cpu on 4"));
        assertTrue(bindings.get() > PODS, "no binding failed");
    }

    private static void start(ApiClient client, Clock clock, Stack parts, CountDownLatch bound)
            throws InterruptedException {
        EventRecorder events = (regarding, type, reason, action, message) -> {};
        FailureReports reports = parts.push("reports", new FailureReports(client, events, clock));
        SharedInformerFactory informers =
                parts.push("informers", new SharedInformerFactory(client, clock, new SplittableRandom(1)));
        SchedulerState state = new SchedulerState(
                TestProfiles.standard(client, clock, new SplittableRandom(2)),
                new SchedulerState.Waits(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMinutes(5)),
                new SplittableRandom(3));
        Scheduler scheduler = parts.push(
                "scheduler",
                new Scheduler(
                        state,
                        new Binder(client),
                        reports,
                        new Evictor(client, events, clock),
                        events,
                        new SchedulerMetrics(new Metrics()),
                        clock));
        Watches watches = new Watches(informers, scheduler);
        Informer<Pod> all = informers.informer(Pod.class);
        Set<String> seen = new HashSet<>();
        all.addHandler(ResourceHandler.any(pod -> {
            String node = pod.getSpec().getNodeName();
            if (node != null && !node.isEmpty() && seen.add(pod.getMetadata().getUid())) {
                bound.countDown();
            }
        }));
        informers.start();
        informers.awaitSynced();
        assertTrue(watches.synced());
        scheduler.start();
        scheduler.lead();
    }
}
