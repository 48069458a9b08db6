package io.argosy.kubelet.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelSettingsTest {

    @TempDir
    private Path folder;

    @Test
    void everySettingThatIsNotAsAskedForIsTold() throws Exception {
        Files.createDirectories(folder.resolve("kernel/keys"));
        Files.createDirectories(folder.resolve("vm"));
        for (Map.Entry<String, String> setting : Map.of(
                        "vm/overcommit_memory", "0",
                        "vm/panic_on_oom", "0",
                        "kernel/panic", "10",
                        "kernel/panic_on_oops", "1",
                        "kernel/keys/root_maxkeys", "1000000")
                .entrySet()) {
            Files.writeString(folder.resolve(setting.getKey()), setting.getValue() + "\n");
        }
        List<String> found = new KernelSettings(folder).deviations();
        assertEquals(2, found.size());
        assertTrue(found.getFirst().startsWith("cannot read kernel flag kernel/keys/root_maxbytes"), found::toString);
        assertEquals("invalid kernel flag: vm/overcommit_memory, expected value: 1, actual value: 0", found.getLast());
    }
}
