package io.argosy.scheduler.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.scheduler.Things;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.columns.PodReader;
import io.argosy.scheduler.columns.ResourceIds;
import io.argosy.scheduler.framework.ClusterEvent;
import io.argosy.scheduler.framework.Profile;
import io.argosy.scheduler.plugin.nodename.NodeName;
import io.argosy.scheduler.plugin.noderesources.NodeResourcesFit;
import io.argosy.scheduler.plugin.noderesources.ScoringStrategy;
import io.argosy.scheduler.plugin.prioritysort.PrioritySort;
import io.argosy.scheduler.plugin.schedulinggates.SchedulingGates;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SchedulingQueueTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final PodReader reader = new PodReader(new ResourceIds());
    private final Profile profile = new Profile(
            "default-scheduler",
            0,
            new PrioritySort(),
            List.of(new SchedulingGates()),
            List.of(
                    new NodeName(),
                    new NodeResourcesFit(new ScoringStrategy.LeastAllocated(List.of()), Set.of(), Set.of())),
            List.of(),
            List.of(),
            List.of());
    private final SchedulingQueue queue = new SchedulingQueue(
            pod -> Optional.of(profile),
            profile.order().order(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5));

    private PodInfo pod(String name, int priority) {
        return reader.read(Things.pod(name, "1")
                .editSpec()
                .withPriority(priority)
                .endSpec()
                .build());
    }

    private String next(long now) {
        return queue.pop(now).map(pod -> pod.info().key().name()).orElse("none");
    }

    @Test
    void priorityThenTime() {
        queue.put(pod("a", 0), 1);
        queue.put(pod("b", 0), 2);
        queue.put(pod("c", 7), 3);
        assertEquals(List.of("c", "a", "b", "none"), List.of(next(4), next(4), next(4), next(4)));
    }

    @Test
    void waitsForAnEventThatHelps() {
        queue.put(pod("a", 0), 0);
        QueuedPod tried = queue.pop(0).orElseThrow();
        queue.rejected(tried, Set.of(NodeResourcesFit.NAME), 0);
        assertEquals("none", next(100 * SECOND));
        queue.happened(new ClusterEvent.StorageChanged(), 100 * SECOND);
        assertEquals("none", next(100 * SECOND));
        queue.happened(new ClusterEvent.PodGone(pod("other", 0)), 100 * SECOND);
        assertEquals("a", next(100 * SECOND));
    }

    @Test
    void errorsBackOffLongerEachTime() {
        queue.put(pod("a", 0), 0);
        queue.failed(queue.pop(0).orElseThrow(), 0);
        assertEquals("none", next(SECOND - 1));
        QueuedPod again = queue.pop(SECOND).orElseThrow();
        queue.failed(again, SECOND);
        assertEquals("none", next(3 * SECOND - 1));
        assertEquals("a", next(3 * SECOND));
    }

    @Test
    void gatedUntilTheGateIsGone() {
        Pod gated = Things.pod("a", "1")
                .editSpec()
                .addNewSchedulingGate("x/y")
                .endSpec()
                .build();
        queue.put(reader.read(gated), 0);
        assertEquals("none", next(0));
        assertEquals(1, queue.gatedSize());
        queue.put(pod("a", 0), 1);
        assertEquals("a", next(1));
        assertEquals(0, queue.gatedSize());
    }

    @Test
    void triesAgainWhatWaitsTooLong() {
        queue.put(pod("a", 0), 0);
        queue.rejected(queue.pop(0).orElseThrow(), Set.of(NodeResourcesFit.NAME), 0);
        queue.flush(299 * SECOND);
        assertEquals("none", next(299 * SECOND));
        queue.flush(301 * SECOND);
        assertTrue(queue.pop(301 * SECOND).isPresent());
    }
}
