package io.argosy.kubeproxy.conntrack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The size of the kernel's connection table. */
public final class ConntrackLimits {

    private static final Logger LOG = LoggerFactory.getLogger(ConntrackLimits.class);
    private static final Path MAX = Path.of("/proc/sys/net/netfilter/nf_conntrack_max");

    private ConntrackLimits() {}

    /** Raises the limit to {@code perCore} for each core, but at least {@code minimum}; 0 leaves it as it is. */
    public static void apply(int perCore, int minimum) {
        if (perCore <= 0) {
            return;
        }
        long wanted = Math.max(minimum, (long) perCore * Runtime.getRuntime().availableProcessors());
        try {
            if (Long.parseLong(Files.readString(MAX).strip()) < wanted) {
                Files.writeString(MAX, Long.toString(wanted));
                LOG.info("set nf_conntrack_max value={}", wanted);
            }
        } catch (IOException | NumberFormatException e) {
            LOG.warn("cannot set nf_conntrack_max value={} reason=\"{}\"", wanted, e.getMessage());
        }
    }
}
