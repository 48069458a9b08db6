package io.argosy.daemon.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When the kernel ends this process, among others, for want of memory (proc_pid_oom_score_adj(5)). */
public final class OomScore {

    private static final Logger LOG = LoggerFactory.getLogger(OomScore.class);

    private OomScore() {}

    /** @param adjustment -1000 (never) to 1000 (first); a process without the right to it stays as it is */
    public static void adjust(int adjustment) {
        try {
            Files.writeString(Path.of("/proc/self/oom_score_adj"), Integer.toString(adjustment));
        } catch (IOException e) {
            LOG.info("cannot set oom_score_adj value={} reason={}", adjustment, e.getMessage());
        }
    }
}
