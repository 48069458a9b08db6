package io.argosy.deploy.host;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SysctlsTest {

    @TempDir
    private Path folder;

    /** On the kernel's own files, which end for who has read one byte: a setting of several digits is read whole. */
    @Test
    void aSettingThatIsHighEnoughIsLeft() throws Exception {
        Path ledger = folder.resolve("ledger");
        new Sysctls(Path.of("/proc/sys"), new Ledger(ledger)).raise("fs/inotify/max_user_instances", 10);
        assertFalse(Files.exists(ledger));
    }
}
