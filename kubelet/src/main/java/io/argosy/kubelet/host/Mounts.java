package io.argosy.kubelet.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is mounted where, read from the kernel each time. */
public final class Mounts {

    private Mounts() {}

    /** Mount points at or below a directory, the deepest and latest first: the order to unmount them in. */
    public static List<Path> below(Path directory) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            Path point = Path.of(unescape(line.split(" ")[4]));
            if (point.startsWith(directory)) {
                found.addFirst(point);
            }
        }
        return found;
    }

    public static boolean isMountPoint(Path path) throws IOException {
        return below(path).contains(path);
    }

    private static String unescape(String field) {
        return field.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
