package io.argosy.kubelet.machine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Writes an image of the machine's static busybox, in the layout of OCI within one tar file. */
final class BusyboxImage {

    static final String NAME = "argosy.test/busybox:1";

    private BusyboxImage() {}

    static void write(Path busybox, Path target) throws IOException {
        byte[] layer = new Tar()
                .directory("bin/")
                .directory("tmp/")
                .file("bin/busybox", Files.readAllBytes(busybox), "0000755")
                .end();
        String architecture = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        byte[] config = bytes("{\"architecture\":\"" + architecture + "\",\"os\":\"linux\",\"config\":{\"Entrypoint\":"
                + "[\"/bin/busybox\",\"sleep\",\"100000\"],\"Env\":[\"PATH=/bin\"]},\"rootfs\":{\"type\":\"layers\","
                + "\"diff_ids\":[\"sha256:" + digest(layer) + "\"]}}");
        byte[] manifest = bytes("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                + "\"config\":" + descriptor("config.v1+json", config) + ",\"layers\":["
                + descriptor("layer.v1.tar", layer) + "]}");
        String listed = descriptor("manifest.v1+json", manifest);
        byte[] index = bytes("{\"schemaVersion\":2,\"manifests\":[" + listed.substring(0, listed.length() - 1)
                + ",\"annotations\":{\"io.containerd.image.name\":\"" + NAME + "\"}}]}");
        Files.write(
                target,
                new Tar()
                        .file("oci-layout", bytes("{\"imageLayoutVersion\":\"1.0.0\"}"), "0000644")
                        .directory("blobs/")
                        .directory("blobs/sha256/")
                        .file("blobs/sha256/" + digest(layer), layer, "0000644")
                        .file("blobs/sha256/" + digest(config), config, "0000644")
                        .file("blobs/sha256/" + digest(manifest), manifest, "0000644")
                        .file("index.json", index, "0000644")
                        .end());
    }

    private static String descriptor(String type, byte[] content) {
        return "{\"mediaType\":\"application/vnd.oci.image." + type + "\",\"digest\":\"sha256:" + digest(content)
                + "\",\"size\":" + content.length + "}";
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

    /** The old tar format: enough for short names and small files. */
    private static final class Tar {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Tar directory(String name) {
            header(name, 0, "0000755", '5');
            return this;
        }

        Tar file(String name, byte[] content, String mode) {
            header(name, content.length, mode, '0');
            out.writeBytes(content);
            out.writeBytes(new byte[(512 - content.length % 512) % 512]);
            return this;
        }

        byte[] end() {
            out.writeBytes(new byte[1024]);
            return out.toByteArray();
        }

        private void header(String name, int size, String mode, char type) {
            byte[] header = new byte[512];
            put(header, 0, name);
            put(header, 100, mode);
            put(header, 108, "0000000");
            put(header, 116, "0000000");
            put(header, 124, String.format("%011o", size));
            put(header, 136, "00000000000");
            put(header, 148, "        ");
            header[156] = (byte) type;
            put(header, 257, "ustar");
            put(header, 263, "00");
            int sum = 0;
            for (byte b : header) {
                sum += b & 0xff;
            }
            put(header, 148, String.format("%06o", sum));
            header[154] = 0;
            header[155] = ' ';
            out.writeBytes(header);
        }

        private static void put(byte[] header, int at, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(bytes, 0, header, at, bytes.length);
        }
    }
}
