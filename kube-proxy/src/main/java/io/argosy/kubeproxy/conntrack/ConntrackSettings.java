package io.argosy.kubeproxy.conntrack;

import io.argosy.daemon.kernel.KernelSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kernel's connection tracking: how many connections, and for how long (nf_conntrack-sysctl). */
public final class ConntrackSettings {

    private static final Logger LOG = LoggerFactory.getLogger(ConntrackSettings.class);
    /** A table of a million connections takes some 300 MB; machines with very many cores need no more. */
    private static final long MOST_CONNECTIONS = 1 << 20;
    /** The kernel is made for lists of four connections. */
    private static final int CONNECTIONS_A_BUCKET = 4;

    private final Path sysctls;
    private final Path buckets;

    public ConntrackSettings() {
        this(Path.of("/proc/sys/net/netfilter"), Path.of("/sys/module/nf_conntrack/parameters/hashsize"));
    }

    ConntrackSettings(Path sysctls, Path buckets) {
        this.sysctls = sysctls;
        this.buckets = buckets;
    }

    /** How many connections to track; 0 leaves it as it is. */
    public static long most(int perCore, int least, int cores) {
        return perCore <= 0 ? 0 : Math.min(MOST_CONNECTIONS, Math.max(least, (long) perCore * cores));
    }

    /** Applies the limit; the table gets as many buckets as it needs. */
    public void limit(long connections) throws IOException {
        if (connections <= 0) {
            return;
        }
        set(sysctls.resolve("nf_conntrack_max"), connections);
        if (Long.parseLong(KernelSetting.read(buckets)) < connections / CONNECTIONS_A_BUCKET) {
            LOG.info("set the buckets of the connection table value={}", connections / CONNECTIONS_A_BUCKET);
            Files.writeString(buckets, Long.toString(connections / CONNECTIONS_A_BUCKET));
        }
    }

    /** Applies timeouts, those of zero left out, and whether packets outside a window are let through. */
    public void timeouts(Duration established, Duration closeWait, boolean liberal, Duration udp, Duration udpStream)
            throws IOException {
        Map<String, Long> wanted = new LinkedHashMap<>();
        wanted.put("nf_conntrack_tcp_timeout_established", established.toSeconds());
        wanted.put("nf_conntrack_tcp_timeout_close_wait", closeWait.toSeconds());
        wanted.put("nf_conntrack_tcp_be_liberal", liberal ? 1L : 0L);
        wanted.put("nf_conntrack_udp_timeout", udp.toSeconds());
        wanted.put("nf_conntrack_udp_timeout_stream", udpStream.toSeconds());
        for (Map.Entry<String, Long> setting : wanted.entrySet()) {
            if (setting.getValue() > 0) {
                set(sysctls.resolve(setting.getKey()), setting.getValue());
            }
        }
    }

    private static void set(Path file, long value) throws IOException {
        if (!KernelSetting.read(file).equals(Long.toString(value))) {
            LOG.info("set sysctl name={} value={}", file.getFileName(), value);
            Files.writeString(file, Long.toString(value));
        }
    }
}
