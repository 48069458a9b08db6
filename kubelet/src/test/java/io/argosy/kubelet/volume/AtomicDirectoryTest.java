package io.argosy.kubelet.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicDirectoryTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path directory;

    private static FileContent file(String text) {
        return FileContent.of(text.getBytes(StandardCharsets.UTF_8), 0640);
    }

    @Test
    void writesOnceAndSwitchesAllFilesTogether() throws IOException {
        AtomicDirectory volume = new AtomicDirectory(directory, Optional.empty());
        assertTrue(volume.write(Map.of("a", file("1"), "sub/b", file("2")), NOW));
        assertFalse(volume.write(Map.of("a", file("1"), "sub/b", file("2")), NOW));
        Path before = directory.resolve("..data").toRealPath();
        assertTrue(volume.write(Map.of("a", file("3")), NOW));
        assertEquals("3", Files.readString(directory.resolve("a")));
        assertFalse(Files.exists(directory.resolve("sub")));
        assertFalse(Files.exists(before));
        assertEquals(0640, (Integer) Files.getAttribute(directory.resolve("a"), "unix:mode") & 0777);
    }

    @Test
    void removesWhatAnInterruptedWriteLeft() throws IOException {
        Files.createDirectories(directory.resolve("..2025_01_01_00_00_00.1"));
        Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..2025_01_01_00_00_00.1"));
        new AtomicDirectory(directory, Optional.empty()).write(Map.of("a", file("1")), NOW);
        assertFalse(Files.exists(directory.resolve("..2025_01_01_00_00_00.1")));
        assertEquals("1", Files.readString(directory.resolve("a")));
    }

    @Test
    void refusesToLeaveTheVolume() {
        AtomicDirectory volume = new AtomicDirectory(directory, Optional.empty());
        assertThrows(IOException.class, () -> volume.write(Map.of("../x", file("1")), NOW));
        assertFalse(Files.exists(directory.resolve("x")));
    }
}
