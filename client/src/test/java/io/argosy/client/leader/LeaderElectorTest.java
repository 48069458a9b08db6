package io.argosy.client.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.request.Patch;
import io.argosy.client.testing.InMemoryApiServer;
import io.argosy.daemon.clock.VirtualClock;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LeaderElectorTest {

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryApiServer server = new InMemoryApiServer(clock);
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    private LeaderElector candidate(String identity) {
        return new LeaderElector(
                LeaseConfig.standard("kube-system", "thing", identity),
                server.client(),
                clock,
                RandomGenerator.of("L64X128MixRandom"));
    }

    private LeaderElector.Leading leading(String identity) {
        return new LeaderElector.Leading() {
            @Override
            public void started() {
                told.add(identity + " started");
            }

            @Override
            public void stopped() {
                told.add(identity + " stopped");
            }
        };
    }

    @Test
    void theLeaseIsGivenBackAndTakenOver() throws InterruptedException {
        try (TaskScope second = new TaskScope("b")) {
            try (TaskScope first = new TaskScope("a")) {
                first.fork("a", () -> candidate("a").run(leading("a")));
                assertEquals("a started", told.take());
                clock.awaitWaiting(1);
                second.fork("b", () -> candidate("b").run(leading("b")));
                clock.awaitWaiting(2);
            }
            assertEquals("a stopped", told.take());
            clock.awaitWaiting(1);
            clock.advance(Duration.ofSeconds(3));
            assertEquals("b started", told.take());
        }
        Lease lease = server.client().resource(Lease.class).get(new ObjectKey("kube-system", "thing"));
        assertEquals("", String.valueOf(lease.getSpec().getHolderIdentity()).replace("null", ""));
    }

    @Test
    void anUnreachableServerEndsTheLead() throws InterruptedException {
        try (TaskScope scope = new TaskScope("a")) {
            scope.fork("a", () -> candidate("a").run(leading("a")));
            assertEquals("a started", told.take());
            clock.awaitWaiting(1);
            server.before(call -> {
                throw new java.io.IOException("down");
            });
            for (int i = 0; i < 6 && told.isEmpty(); i++) {
                clock.advance(Duration.ofSeconds(2));
                if (i < 4) {
                    clock.awaitWaiting(1);
                }
            }
            assertEquals("a stopped", told.take());
        }
    }

    @Test
    void aLeaderRenewsWithoutAskingUntilAnotherHasWritten() throws InterruptedException {
        try (TaskScope scope = new TaskScope("a")) {
            scope.fork("a", () -> candidate("a").run(leading("a")));
            assertEquals("a started", told.take());
            clock.awaitWaiting(1);
            clock.advance(Duration.ofSeconds(2));
            clock.awaitWaiting(1);
            int before = server.calls().size();
            clock.advance(Duration.ofSeconds(2));
            clock.awaitWaiting(1);
            String path = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/thing";
            assertEquals(
                    List.of("PUT " + path),
                    server.calls().subList(before, server.calls().size()));
            server.client()
                    .resource(Lease.class)
                    .patch(new ObjectKey("kube-system", "thing"), Patch.merge("{\"spec\":{\"holderIdentity\":\"b\"}}"));
            clock.advance(Duration.ofSeconds(2));
            assertEquals("a stopped", told.take());
        }
    }

    @Test
    void aLeaseThatStandsStillLongEnoughIsFree() {
        Instant now = Instant.EPOCH;
        assertTrue(LeaseDecision.of("me", "other", now, 3, 14, 15, now) instanceof LeaseDecision.Wait);
        assertEquals(new LeaseDecision.Write(now, 4), LeaseDecision.of("me", "other", now, 3, 15, 15, now));
        assertEquals(new LeaseDecision.Write(now, 3), LeaseDecision.of("me", "me", now, 3, 0, 15, now));
        assertEquals(new LeaseDecision.Write(now, 1), LeaseDecision.of("me", "", now, 0, 0, 15, now));
    }
}
