package io.argosy.kubelet.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A path below a trusted directory, opened without following a single symbolic link, so that whoever writes there cannot
 * lead it elsewhere between check and use. Whoever opens it closes it.
 */
public final class OpenPath implements AutoCloseable {

    private final int descriptor;

    private OpenPath(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Opens {@code relative} below {@code base}; an absent last part or directory is made with {@code mode}. */
    public static OpenPath create(Path base, Path relative, int mode) throws IOException {
        return walk(base, relative, true, mode);
    }

    public static OpenPath open(Path base, Path relative) throws IOException {
        return walk(base, relative, false, 0);
    }

    private static OpenPath walk(Path base, Path relative, boolean make, int mode) throws IOException {
        int at = Linux.openAt(-100, base.toString(), Linux.O_PATH | Linux.O_DIRECTORY, 0);
        try {
            for (Path part : relative.normalize()) {
                String name = part.toString();
                if (name.isEmpty()) {
                    continue;
                }
                if (name.equals("..")) {
                    throw new IOException("path " + relative + " leaves its directory");
                }
                int next = step(at, name, make, mode);
                Linux.close(at);
                at = next;
                refuseLink(at, name);
            }
            return new OpenPath(at);
        } catch (IOException | RuntimeException e) {
            Linux.close(at);
            throw e;
        }
    }

    private static int step(int at, String name, boolean make, int mode) throws IOException {
        try {
            return Linux.openAt(at, name, Linux.O_PATH | Linux.O_NOFOLLOW, 0);
        } catch (SystemCallException e) {
            if (!make || e.errno() != Linux.ENOENT) {
                throw e;
            }
        }
        try {
            Linux.makeDirectoryAt(at, name, mode);
        } catch (SystemCallException e) {
            if (e.errno() != Linux.EEXIST) {
                throw e;
            }
            return Linux.openAt(at, name, Linux.O_PATH | Linux.O_NOFOLLOW, 0);
        }
        int made = Linux.openAt(at, name, Linux.O_PATH | Linux.O_NOFOLLOW, 0);
        // The process' umask took bits away.
        Files.setAttribute(Path.of("/proc/self/fd/" + made), "unix:mode", mode);
        return made;
    }

    // With O_PATH and O_NOFOLLOW a link opens as the link itself.
    private static void refuseLink(int descriptor, String name) throws IOException {
        Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
        if (Files.isSymbolicLink(target)) {
            throw new IOException("unexpected symbolic link " + name);
        }
    }

    /** A name for the open file that no rename can change. */
    public Path magicLink() {
        return Path.of("/proc/self/fd/" + descriptor);
    }

    public boolean isDirectory() {
        return Files.isDirectory(magicLink());
    }

    @Override
    public void close() {
        Linux.close(descriptor);
    }
}
