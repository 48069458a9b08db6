package io.argosy.kubelet.volume;

import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Checks that a path of the node is what its volume says, and makes it where the type asks for that. */
final class HostPaths {

    private static final int TYPE_MASK = 0170000;

    private HostPaths() {}

    static Path prepare(HostPathVolumeSource source) throws VolumeException {
        Path path = Path.of(source.getPath());
        String type = source.getType() == null ? "" : source.getType();
        try {
            switch (type) {
                case "" -> {}
                case "DirectoryOrCreate" -> {
                    if (!Files.exists(path)) {
                        Files.createDirectories(path);
                        Files.setAttribute(path, "unix:mode", 0755);
                    }
                    require(Files.isDirectory(path), path, "a directory");
                }
                case "Directory" -> require(Files.isDirectory(path), path, "a directory");
                case "FileOrCreate" -> {
                    if (!Files.exists(path)) {
                        Files.createFile(path);
                        Files.setAttribute(path, "unix:mode", 0644);
                    }
                    require(Files.isRegularFile(path), path, "a file");
                }
                case "File" -> require(Files.isRegularFile(path), path, "a file");
                case "Socket" -> require(isType(path, 0140000), path, "a socket file");
                case "CharDevice" -> require(isType(path, 0020000), path, "a character device");
                case "BlockDevice" -> require(isType(path, 0060000), path, "a block device");
                default -> throw new VolumeException("hostPath type " + type + " is not known");
            }
        } catch (IOException e) {
            throw new VolumeException("hostPath " + path + ": " + e.getMessage(), e);
        }
        return path;
    }

    private static boolean isType(Path path, int type) throws IOException {
        return Files.exists(path) && ((Integer) Files.getAttribute(path, "unix:mode") & TYPE_MASK) == type;
    }

    private static void require(boolean right, Path path, String what) throws VolumeException {
        if (!right) {
            throw new VolumeException("hostPath type check failed: " + path + " is not " + what);
        }
    }

    static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
