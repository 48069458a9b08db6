package io.argosy.daemon.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KernelSettingTest {

    /** On the kernel's own file: no Linux has fewer than ten process ids. */
    @Test
    void aNumberOfSeveralDigitsIsReadWhole() throws Exception {
        assertTrue(Long.parseLong(KernelSetting.read(Path.of("/proc/sys/kernel/pid_max"))) > 9);
    }
}
