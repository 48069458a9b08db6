package io.argosy.kubeproxy;

import io.argosy.daemon.clock.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the proxy when its configuration file says something else: who supervises it starts it anew, with that. */
final class ConfigWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final Path file;
    private final Clock clock;
    private final Consumer<String> end;

    ConfigWatch(Path file, Clock clock, Consumer<String> end) {
        this.file = file;
        this.clock = clock;
        this.end = end;
    }

    /** Runs until the file changed; one that cannot be read, as while it is replaced, is looked at again. */
    void run() throws InterruptedException {
        byte[] first = new byte[0];
        while (true) {
            try {
                byte[] now = Files.readAllBytes(file);
                if (first.length > 0 && now.length > 0 && !Arrays.equals(first, now)) {
                    end.accept("content of the proxy server's configuration file was updated");
                    return;
                }
                first = now.length > 0 ? now : first;
            } catch (IOException e) {
                LOG.debug("cannot read the configuration file", e);
            }
            clock.sleep(PERIOD);
        }
    }
}
