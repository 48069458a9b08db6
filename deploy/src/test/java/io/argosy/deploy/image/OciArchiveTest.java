package io.argosy.deploy.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class OciArchiveTest {

    @TempDir
    private Path folder;

    private Path write(String name) throws Exception {
        Path program = folder.resolve("program");
        Files.writeString(program, "#!/bin/true");
        Path target = folder.resolve(name);
        OciArchive.write(
                target,
                new OciArchive.Config("example.com/a:1", List.of("/bin/program"), List.of("A=b"), "1:1"),
                Map.of("/bin/program", new OciArchive.Source(program, true)));
        return target;
    }

    @Test
    void theSameInputGivesTheSameBytes() throws Exception {
        assertArrayEquals(Files.readAllBytes(write("one.tar")), Files.readAllBytes(write("two.tar")));
    }

    @Test
    void everyDigestIsThatOfItsBlob() throws Exception {
        Map<String, byte[]> entries = entries(Files.newInputStream(write("image.tar")));
        ObjectMapper mapper = new ObjectMapper();
        JsonNode index = mapper.readTree(entries.get("index.json"));
        byte[] manifest = blob(entries, index.at("/manifests/0/digest").asString());
        byte[] config =
                blob(entries, mapper.readTree(manifest).at("/config/digest").asString());
        byte[] layer =
                blob(entries, mapper.readTree(manifest).at("/layers/0/digest").asString());
        assertEquals(
                "example.com/a:1",
                index.at("/manifests/0/annotations")
                        .get("io.containerd.image.name")
                        .asString());
        assertEquals(
                "sha256:" + sha256(layer),
                mapper.readTree(config).at("/rootfs/diff_ids/0").asString());
        Map<String, byte[]> files = entries(new ByteArrayInputStream(layer));
        assertEquals("#!/bin/true", new String(files.get("bin/program"), StandardCharsets.UTF_8));
        assertTrue(files.containsKey("tmp/"));
    }

    private static byte[] blob(Map<String, byte[]> entries, String digest) throws Exception {
        byte[] blob = entries.get("blobs/sha256/" + digest.substring("sha256:".length()));
        assertEquals(digest, "sha256:" + sha256(blob));
        return blob;
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private static Map<String, byte[]> entries(InputStream in) throws Exception {
        Map<String, byte[]> entries = new HashMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.put(entry.getName(), tar.readAllBytes());
            }
        }
        return entries;
    }
}
