package io.argosy.deploy.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Processes of this machine by their ids. */
public final class Processes {

    private Processes() {}

    public static boolean alive(OptionalLong id) {
        return id.isPresent()
                && ProcessHandle.of(id.getAsLong())
                        .filter(ProcessHandle::isAlive)
                        .isPresent();
    }

    /** Whether the process lives and its command line has {@code word}: ids are reused after a reboot. */
    public static boolean runs(OptionalLong id, String word) {
        if (!alive(id)) {
            return false;
        }
        try {
            return Files.readString(Path.of("/proc/" + id.getAsLong() + "/cmdline"))
                    .contains(word);
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends SIGTERM, and SIGKILL when {@code limit} is over; returns when the process has ended. */
    public static void terminate(OptionalLong id, Duration limit) {
        if (id.isEmpty()) {
            return;
        }
        ProcessHandle.of(id.getAsLong()).filter(ProcessHandle::isAlive).ifPresent(process -> {
            process.destroy();
            if (!ended(process, limit)) {
                process.destroyForcibly();
                ended(process, limit);
            }
        });
    }

    private static boolean ended(ProcessHandle process, Duration limit) {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Resident memory in bytes; 0 when the process is gone. */
    public static long residentBytes(long id) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + id + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
            return 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
