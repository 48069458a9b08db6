package io.argosy.deploy.command;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Tells a person each step while it runs, and what came of it: {@code ✓ Started etcd   0.6s}. */
final class Progress {

    private static final int TEXT_WIDTH = 34;
    private static final int DETAIL_WIDTH = 34;

    private final PrintStream out;
    private final boolean terminal;
    private final long begun = System.nanoTime();

    Progress(PrintStream out) {
        this.out = out;
        this.terminal = Terminal.present() && System.getenv("NO_COLOR") == null;
    }

    /** Runs {@code work}, which returns the detail to show; the line says how long it took. */
    void step(String text, Callable<String> work) throws Exception {
        long started = System.nanoTime();
        if (terminal) {
            out.print(" • " + text + "\r");
            out.flush();
        }
        String detail;
        try {
            detail = work.call();
        } catch (Exception e) {
            if (terminal) {
                out.print("\u001b[2K");
            }
            throw e;
        }
        out.println(String.format(
                Locale.ROOT,
                " %s %-" + TEXT_WIDTH + "s %-" + DETAIL_WIDTH + "s %5.1fs",
                "✓",
                text,
                detail,
                (System.nanoTime() - started) / 1e9));
    }

    double seconds() {
        return (System.nanoTime() - begun) / 1e9;
    }

    void say(String line) {
        out.println(line);
    }
}
