package io.argosy.deploy.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes an image as an OCI layout in a tar file that {@code ctr images import} reads: one uncompressed layer, entries
 * sorted, one date, so that the same input gives the same bytes (OCI image-spec 1.1).
 */
public final class OciArchive {

    /** A file of the image: where it comes from, and whether it may be executed. */
    public record Source(Path file, boolean executable) {}

    /**
     * What to run.
     *
     * @param name the reference under which the image is imported
     * @param user numeric user and group: {@code 65532:65532}
     */
    public record Config(String name, List<String> entrypoint, List<String> environment, String user) {}

    private static final String ARCHITECTURE = "amd64";

    /** Of all entries; the distribution's files have it too. */
    private static final FileTime DATE = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    private OciArchive() {}

    /** {@code files} are absolute paths in the image. */
    public static void write(Path target, Config config, Map<String, Source> files) throws IOException {
        byte[] layer = layer(files);
        String layerDigest = digest(layer);
        byte[] configJson = bytes("""
                {"architecture":"%s","os":"linux","config":{"Entrypoint":%s,"Env":%s,"User":"%s"},\
                "rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}""".formatted(
                ARCHITECTURE, json(config.entrypoint()), json(config.environment()), config.user(), layerDigest));
        byte[] manifest = bytes("""
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
                "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:%s","size":%d},\
                "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"sha256:%s","size":%d}]}""".formatted(digest(configJson), configJson.length, layerDigest, layer.length));
        byte[] index = bytes("""
                {"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",\
                "digest":"sha256:%s","size":%d,"annotations":{"io.containerd.image.name":"%s",\
                "org.opencontainers.image.ref.name":"%s"}}]}""".formatted(digest(manifest), manifest.length, config.name(), tag(config.name())));
        Files.createDirectories(target.toAbsolutePath().getParent());
        try (OutputStream out = Files.newOutputStream(target);
                TarArchiveOutputStream tar = tar(out)) {
            put(tar, "oci-layout", bytes("{\"imageLayoutVersion\":\"1.0.0\"}"), 0644);
            put(tar, "index.json", index, 0644);
            Map<String, byte[]> blobs = new TreeMap<>();
            blobs.put(digest(configJson), configJson);
            blobs.put(digest(manifest), manifest);
            blobs.put(layerDigest, layer);
            for (Map.Entry<String, byte[]> blob : blobs.entrySet()) {
                put(tar, "blobs/sha256/" + blob.getKey(), blob.getValue(), 0644);
            }
        }
    }

    private static byte[] layer(Map<String, Source> files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = tar(out)) {
            TreeMap<String, Source> sorted = new TreeMap<>(files);
            java.util.TreeSet<String> folders = new java.util.TreeSet<>(List.of("tmp/", "etc/"));
            for (String path : sorted.keySet()) {
                for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
                    folders.add(path.substring(1, slash + 1));
                }
            }
            for (String folder : folders) {
                TarArchiveEntry entry = new TarArchiveEntry(folder, TarConstants.LF_DIR);
                entry.setMode(folder.equals("tmp/") ? 041777 : 040755);
                entry.setModTime(DATE);
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }
            for (Map.Entry<String, Source> file : sorted.entrySet()) {
                put(
                        tar,
                        file.getKey().substring(1),
                        Files.readAllBytes(file.getValue().file()),
                        file.getValue().executable() ? 0755 : 0644);
            }
        }
        return out.toByteArray();
    }

    private static TarArchiveOutputStream tar(OutputStream out) {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        return tar;
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] content, int mode) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setMode(0100000 | mode);
        entry.setModTime(DATE);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static String tag(String name) {
        int colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf('/') ? name.substring(colon + 1) : "latest";
    }

    private static String json(List<String> texts) {
        StringBuilder array = new StringBuilder("[");
        for (String text : texts) {
            array.append(array.length() > 1 ? "," : "")
                    .append('"')
                    .append(text.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        return array.append(']').toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
