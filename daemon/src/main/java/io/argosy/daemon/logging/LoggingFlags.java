package io.argosy.daemon.logging;

import io.argosy.daemon.config.Problems;
import io.argosy.daemon.flags.Flag;
import io.argosy.daemon.flags.FlagSection;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.ParsedFlags;
import java.time.Duration;

/** The flags by which every daemon's logging is set. */
public final class LoggingFlags {

    private final Flag<String> format;
    private final Flag<Integer> verbosity;
    private final Flag<String> patterns;

    /** Declares the flags under {@code Logs flags}. */
    public LoggingFlags(FlagSet flags) {
        FlagSection section = flags.section("Logs flags");
        section.duration("log-flush-frequency", Duration.ofSeconds(5), "Maximum number of seconds between log flushes");
        format =
                section.string("logging-format", "text", "Sets the log format. Permitted formats: \"json\", \"text\".");
        verbosity = section.verbosity("number for the log level verbosity");
        patterns = section.of(
                "pattern=N,...",
                "vmodule",
                "",
                text -> text,
                text -> "",
                "comma-separated list of pattern=N settings for file-filtered logging (only works for text log format)");
    }

    /** What the command line says; faults go to {@code problems}. */
    public LoggingConfig read(ParsedFlags flags, Problems problems) {
        String wanted = flags.get(format);
        problems.require(
                wanted.equals("text") || wanted.equals("json"),
                "format: Invalid value: \"" + wanted + "\": Unsupported log format");
        return LoggingConfig.of(wanted, flags.get(verbosity), flags.get(patterns), problems);
    }
}
