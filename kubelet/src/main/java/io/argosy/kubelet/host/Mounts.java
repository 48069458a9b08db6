package io.argosy.kubelet.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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

    /**
     * The mount that a path lies on: the last one that is mounted at the path or above it.
     *
     * @param shared whether mounts made below it appear in other mount namespaces
     */
    record Carrier(Path point, boolean shared) {

        /** @param mountinfo the lines of {@code /proc/self/mountinfo}, see proc_pid_mountinfo(5) */
        static Carrier of(Path path, List<String> mountinfo) {
            Carrier found = new Carrier(Path.of("/"), false);
            for (String line : mountinfo) {
                String[] fields = line.split(" ");
                Path point = Path.of(unescape(fields[4]));
                if (path.startsWith(point)) {
                    found = new Carrier(point, isShared(fields));
                }
            }
            return found;
        }

        /** The optional fields stand between the sixth field and a lone dash. */
        private static boolean isShared(String[] fields) {
            return Arrays.stream(fields)
                    .skip(6)
                    .takeWhile(field -> !field.equals("-"))
                    .anyMatch(field -> field.startsWith("shared:"));
        }
    }

    static Carrier carrier(Path path) throws IOException {
        return Carrier.of(path, Files.readAllLines(Path.of("/proc/self/mountinfo")));
    }

    private static String unescape(String field) {
        return field.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
