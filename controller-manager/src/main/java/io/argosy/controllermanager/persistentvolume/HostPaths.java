package io.argosy.controllermanager.persistentvolume;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Folders of this machine as volumes, for tests and development; only below one folder. */
final class HostPaths {

    private final Path root;

    /** @param root upstream's is {@code /tmp} */
    HostPaths(Path root) {
        this.root = root.normalize();
    }

    /** Removes a folder with all that is in it; links are removed, not followed. One that is not there is removed. */
    void delete(String path) throws IOException {
        Path folder = Path.of(path).normalize();
        if (!folder.startsWith(root) || folder.equals(root)) {
            throw new IOException("host_path deleter only supports " + root + "/.+ but received provided " + path);
        }
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(folder, new Removal());
        }
    }

    /** Makes a folder for a new volume. */
    Path create(String name) throws IOException {
        return Files.createDirectories(root.resolve("hostpath_pv").resolve(name));
    }

    private static final class Removal extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, java.io.IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
