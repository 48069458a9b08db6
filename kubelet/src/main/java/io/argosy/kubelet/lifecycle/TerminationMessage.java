package io.argosy.kubelet.lifecycle;

import io.argosy.kubelet.cri.v1.ContainerStatus;
import io.argosy.kubelet.cri.v1.Mount;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The last words of a container: from its message file, or from the end of its log. */
final class TerminationMessage {

    private static final int LONGEST = 4096;
    private static final int LOG_BYTES = 2048;
    private static final int LOG_LINES = 80;

    private TerminationMessage() {}

    static String of(ContainerStatus status, String path, String policy) {
        boolean logs = policy.equals("FallbackToLogsOnError") && status.getExitCode() != 0;
        String message = path.isEmpty() ? "" : fromFile(status, path);
        if (message.isEmpty() && logs) {
            message = fromLog(Path.of(status.getLogPath()));
        }
        if (status.getMessage().isEmpty() || message.isEmpty()) {
            return message.isEmpty() ? status.getMessage() : message;
        }
        return status.getMessage() + ": " + message;
    }

    private static String fromFile(ContainerStatus status, String path) {
        for (Mount mount : status.getMountsList()) {
            if (!mount.getContainerPath().equals(path)) {
                continue;
            }
            Path file = Path.of(mount.getHostPath());
            // The file lies in the node's own directory, but its content is the container's: never follow a link.
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return "";
            }
            try {
                return tail(file, LONGEST);
            } catch (IOException e) {
                return "Error on reading termination log " + file + ": " + e.getMessage();
            }
        }
        return "";
    }

    private static String tail(Path file, int bytes) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, in.length() - bytes);
            in.seek(from);
            byte[] out = new byte[(int) (in.length() - from)];
            in.readFully(out);
            return new String(out, StandardCharsets.UTF_8);
        }
    }

    /** The last lines of a log in CRI's form: time, stream, tag, text. */
    private static String fromLog(Path log) {
        if (!Files.isRegularFile(log)) {
            return "";
        }
        try {
            // Each line carries about forty bytes of its own besides its text.
            String text = tail(log, LOG_BYTES + LOG_LINES * 64);
            List<String> lines = new ArrayList<>();
            for (String line : text.split("\n")) {
                String[] parts = line.split(" ", 4);
                if (parts.length == 4) {
                    lines.add(parts[3] + (parts[2].equals("F") ? "\n" : ""));
                }
            }
            List<String> last = lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
            String joined = String.join("", last);
            return joined.length() > LOG_BYTES ? joined.substring(joined.length() - LOG_BYTES) : joined;
        } catch (IOException e) {
            return "Error on reading termination message from logs: " + e.getMessage();
        }
    }
}
