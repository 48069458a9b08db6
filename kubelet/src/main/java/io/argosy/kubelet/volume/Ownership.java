package io.argosy.kubelet.volume;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Gives a volume to the group of its pod: files readable (and writable), directories passing the group on. */
final class Ownership {

    private Ownership() {}

    static void give(Path root, long group, boolean readOnly) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                change(directory, (readOnly ? 0440 : 0660) | 0110 | 02000);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!attributes.isSymbolicLink()) {
                    change(file, readOnly ? 0440 : 0660);
                }
                return FileVisitResult.CONTINUE;
            }

            private void change(Path path, int more) throws IOException {
                Files.setAttribute(path, "unix:gid", (int) group, LinkOption.NOFOLLOW_LINKS);
                int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
                Files.setAttribute(path, "unix:mode", mode | more);
            }
        });
    }

    /** Whether the root of a volume already is as {@link #give} leaves it. */
    static boolean isGiven(Path root, long group) throws IOException {
        int gid = (Integer) Files.getAttribute(root, "unix:gid");
        int mode = (Integer) Files.getAttribute(root, "unix:mode");
        return gid == group && (mode & 02770) == 02770;
    }
}
