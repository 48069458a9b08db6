package io.argosy.kubelet.host;

import io.argosy.daemon.kernel.KernelSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settings of the kernel and of this process that concern a whole node. */
public final class KernelSettings {

    private static final Logger LOG = LoggerFactory.getLogger(KernelSettings.class);
    // A node that lacks memory ends processes instead of refusing to start them; one that panics starts anew.
    private static final Map<String, String> WANTED = new TreeMap<>(Map.of(
            "vm/overcommit_memory", "1",
            "vm/panic_on_oom", "0",
            "kernel/panic", "10",
            "kernel/panic_on_oops", "1",
            "kernel/keys/root_maxkeys", "1000000",
            "kernel/keys/root_maxbytes", "25000000"));

    private final Path sysctls;

    public KernelSettings() {
        this(Path.of("/proc/sys"));
    }

    KernelSettings(Path sysctls) {
        this.sysctls = sysctls;
    }

    /** What is not as Kubernetes asks for it, one text each: {@code protectKernelDefaults} refuses to start then. */
    public List<String> deviations() {
        List<String> found = new ArrayList<>();
        WANTED.forEach((name, wanted) -> {
            try {
                String value = KernelSetting.read(sysctls.resolve(name));
                if (!value.equals(wanted)) {
                    found.add("invalid kernel flag: " + name + ", expected value: " + wanted + ", actual value: "
                            + value);
                }
            } catch (IOException e) {
                found.add("cannot read kernel flag " + name + ": " + e.getMessage());
            }
        });
        return found;
    }

    /** Makes the kernel end this process earlier or later when memory is short; one without the right to stays as it is. */
    public static void spare(int oomScoreAdj) {
        try {
            Files.writeString(Path.of("/proc/self/oom_score_adj"), Integer.toString(oomScoreAdj));
        } catch (IOException e) {
            LOG.info("cannot set oom_score_adj value={} reason={}", oomScoreAdj, e.getMessage());
        }
    }
}
