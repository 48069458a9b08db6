package io.argosy.deploy.packaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarballTest {

    @TempDir
    Path folder;

    private Path made(String where, Instant when) throws IOException {
        Path root = folder.resolve(where).resolve("argosy");
        Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(root.resolve("lib"));
        Path program = Files.writeString(root.resolve("bin/kubelet"), "#!/bin/sh\n");
        assertTrue(program.toFile().setExecutable(true));
        Path jar = Files.writeString(root.resolve("lib/a.jar"), "jar");
        Files.setLastModifiedTime(jar, FileTime.from(when));
        Files.createSymbolicLink(root.resolve("lib/link"), Path.of("a.jar"));
        Files.writeString(root.resolve(".built"), "");
        return root;
    }

    @Test
    void theSameFolderGivesTheSameBytesWheneverItWasMade() throws Exception {
        Path one = folder.resolve("one.tar.gz");
        Path two = folder.resolve("two.tar.gz");
        Tarball.write(made("one", Instant.EPOCH), one);
        Tarball.write(made("two", Instant.parse("2026-05-05T05:05:05Z")), two);
        assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
    }

    @Test
    void keepsWhatMayBeExecutedAndLeavesOutTheBuildsMarker() throws Exception {
        Path file = folder.resolve("t.tar.gz");
        Tarball.write(made("t", Instant.EPOCH), file);
        List<String> entries = new ArrayList<>();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file));
                TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.add(Integer.toOctalString(entry.getMode() & 0777) + " " + entry.getName());
            }
        }
        assertEquals(
                List.of(
                        "755 argosy/",
                        "755 argosy/bin/",
                        "755 argosy/bin/kubelet",
                        "755 argosy/lib/",
                        "644 argosy/lib/a.jar",
                        "777 argosy/lib/link"),
                entries);
    }
}
