package io.argosy.kubelet.host;

import io.argosy.daemon.kernel.KernelSetting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Settings of the kernel that concern a whole node. */
public final class KernelSettings {

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
}
