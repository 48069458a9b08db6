package io.argosy.daemon.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TaskScopeTest {

    @Test
    void closingInterruptsAndJoins() throws InterruptedException {
        AtomicBoolean ended = new AtomicBoolean();
        CountDownLatch started = new CountDownLatch(1);
        TaskScope scope = new TaskScope("test");
        scope.fork("wait", () -> {
            try {
                started.countDown();
                new CountDownLatch(1).await();
            } finally {
                ended.set(true);
            }
        });
        started.await();
        scope.close();
        assertTrue(ended.get());
        assertEquals(0, scope.size());
        assertThrows(IllegalStateException.class, () -> scope.fork("late", () -> {}));
    }

    @Test
    void tellsFailures() throws InterruptedException {
        BlockingQueue<Throwable> failures = new ArrayBlockingQueue<>(1);
        try (TaskScope scope = new TaskScope("test", failures::add)) {
            scope.fork("fail", () -> {
                throw new IllegalStateException("broken");
            });
            assertEquals("broken", failures.take().getMessage());
        }
    }

    @Test
    void aStackClosesInReverseOrder() {
        List<String> closed = new ArrayList<>();
        Stack stack = new Stack();
        stack.push("a", () -> closed.add("a"));
        stack.push("b", () -> {
            throw new IllegalStateException("must not stop the others");
        });
        stack.push("c", () -> closed.add("c"));
        stack.close();
        assertEquals(List.of("c", "a"), closed);
    }
}
