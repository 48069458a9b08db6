package io.argosy.controllermanager.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.argosy.client.request.RequestException;
import io.argosy.client.request.RequestInterruptedException;
import io.argosy.daemon.clock.VirtualClock;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private final VirtualClock clock = new VirtualClock();
    private final Rounds rounds = new Rounds("thing", clock);

    private static Node node(String name) {
        return new NodeBuilder().withNewMetadata().withName(name).endMetadata().build();
    }

    @Test
    void oneBadObjectKeepsNoneWaiting() {
        List<String> seen = new ArrayList<>();
        rounds.each(List.of(node("a"), node("b"), node("c"), node("d")), node -> {
            String name = node.getMetadata().getName();
            seen.add(name);
            if (name.equals("a")) {
                throw new RequestException("down", false, null);
            }
            if (name.equals("c")) {
                throw new IllegalStateException("odd");
            }
        });
        assertEquals(List.of("a", "b", "c", "d"), seen);
    }

    @Test
    void anInterruptionEndsIt() {
        assertThrows(
                RequestInterruptedException.class,
                () -> rounds.each(List.of(node("a")), node -> {
                    throw new RequestInterruptedException(new InterruptedException());
                }));
    }

    @Test
    void aRoundThatBreaksIsFollowedByTheNext() throws InterruptedException {
        BlockingQueue<String> begun = new LinkedBlockingQueue<>();
        try (TaskScope tasks = new TaskScope("test")) {
            rounds.start(tasks, Duration.ofSeconds(5), () -> {
                begun.add("round");
                throw new IllegalStateException("odd");
            });
            for (int i = 0; i < 3; i++) {
                assertEquals("round", begun.poll(10, TimeUnit.SECONDS));
                clock.awaitWaiting(1);
                clock.advance(Duration.ofSeconds(5));
            }
        }
    }
}
