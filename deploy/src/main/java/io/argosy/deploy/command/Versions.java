package io.argosy.deploy.command;

import io.argosy.daemon.lifecycle.DaemonMain;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What version a daemon's program says it is. */
final class Versions {

    private static final Pattern NUMBER = Pattern.compile("v?\\d+\\.\\d+\\.\\d+\\S*");

    private Versions() {}

    /** Our own executables say the version of the API that they speak; others are asked. */
    static String of(String program) {
        if (!program.startsWith("/usr/")) {
            return DaemonMain.VERSION;
        }
        Matcher number = NUMBER.matcher(
                io.argosy.deploy.host.Command.run(program, "--version").output());
        return number.find() ? number.group() : "?";
    }
}
