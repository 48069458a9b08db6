package io.argosy.deploy.command;

import java.io.PrintWriter;
import java.util.List;

/** An error as a person should read it: what happened, why, what to do, where to read more. */
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int exitCode;
    private final transient List<String> lines;

    Failure(int exitCode, String what, List<String> lines) {
        super(what);
        this.exitCode = exitCode;
        this.lines = List.copyOf(lines);
    }

    static Failure of(String what, String... lines) {
        return new Failure(ExitCodes.FAILED, what, List.of(lines));
    }

    static Failure needsRoot() {
        return new Failure(ExitCodes.NEEDS_ROOT, "This needs root", List.of("Fix:  run the same command with sudo."));
    }

    int exitCode() {
        return exitCode;
    }

    void print(PrintWriter out) {
        out.println(" ✗ " + getMessage());
        lines.forEach(line -> out.println("   " + line));
        out.flush();
    }
}
