package io.argosy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a process has used, as proc(5) tells.
 *
 * @param cpu user and system time of all its threads, in steps of 10 ms
 * @param resident memory in bytes now
 * @param peak the most it ever was
 */
record ProcessFigures(Duration cpu, long resident, long peak) {

    private static final int TICKS_PER_SECOND = 100;
    private static final int UTIME = 11;
    private static final int STIME = 12;

    static ProcessFigures of(long pid) throws IOException {
        Path folder = Path.of("/proc", Long.toString(pid));
        return parse(Files.readString(folder.resolve("stat")), Files.readString(folder.resolve("status")));
    }

    static ProcessFigures parse(String stat, String status) {
        // The name in parentheses may hold anything, blanks and parentheses too.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME]);
        return new ProcessFigures(
                Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND),
                kibibytes(status, "VmRSS:") * 1024,
                kibibytes(status, "VmHWM:") * 1024);
    }

    private static long kibibytes(String status, String field) {
        return status.lines()
                .filter(line -> line.startsWith(field))
                .map(line -> line.substring(field.length()).replace("kB", "").strip())
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + field + " in the status of a process"));
    }
}
