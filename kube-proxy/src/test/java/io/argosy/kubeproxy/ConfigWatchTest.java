package io.argosy.kubeproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.daemon.clock.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatchTest {

    @TempDir
    private Path folder;

    @Test
    void endsTheProxyWhenTheFileSaysSomethingElseButNotWhileItIsReplaced() throws Exception {
        Path file = folder.resolve("config");
        Files.writeString(file, "a");
        Deque<Step> steps = new ArrayDeque<>(List.of(
                () -> {},
                () -> Files.writeString(file, "a"),
                () -> Files.delete(file),
                () -> Files.writeString(file, ""),
                () -> Files.writeString(file, "b")));
        List<String> ends = new ArrayList<>();
        new ConfigWatch(file, new Stepped(steps), ends::add).run();
        assertEquals(List.of("content of the proxy server's configuration file was updated"), ends);
        assertEquals(0, steps.size());
    }

    /** What happens during a sleep. */
    private interface Step {
        void run() throws IOException;
    }

    private record Stepped(Deque<Step> steps) implements Clock {
        @Override
        public Instant instant() {
            return Instant.EPOCH;
        }

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public void sleep(Duration duration) {
            try {
                steps.removeFirst().run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Timer after(Duration delay, Runnable action) {
            throw new UnsupportedOperationException();
        }
    }
}
