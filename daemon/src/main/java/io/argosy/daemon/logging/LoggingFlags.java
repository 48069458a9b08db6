package io.argosy.daemon.logging;

import io.argosy.daemon.config.Problems;
import io.argosy.daemon.flags.Flag;
import io.argosy.daemon.flags.FlagSection;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.ParsedFlags;
import java.time.Duration;
import java.util.List;

/** The flags by which every daemon's logging is set. */
public final class LoggingFlags {

    private static final String ALPHA = ": Forbidden: Feature LoggingAlphaOptions is disabled";

    private final Flag<String> format;
    private final Flag<Integer> verbosity;
    private final Flag<String> patterns;
    private final List<Flag<Boolean>> split;
    private final List<Flag<String>> buffer;

    /** Declares the flags under {@code Logs flags}. */
    public LoggingFlags(FlagSet flags) {
        FlagSection section = flags.section("Logs flags");
        section.duration("log-flush-frequency", Duration.ofSeconds(5), "Maximum number of seconds between log flushes");
        format =
                section.string("logging-format", "text", "Sets the log format. Permitted formats: \"json\", \"text\".");
        split = List.of(alphaSwitch(section, "log-json-split-stream"), alphaSwitch(section, "log-text-split-stream"));
        buffer = List.of(
                alphaSize(section, "log-json-info-buffer-size"), alphaSize(section, "log-text-info-buffer-size"));
        verbosity = section.verbosity("number for the log level verbosity");
        patterns = section.of(
                "pattern=N,...",
                "vmodule",
                "",
                text -> text,
                text -> "",
                "comma-separated list of pattern=N settings for file-filtered logging (only works for text log format)");
    }

    private static Flag<Boolean> alphaSwitch(FlagSection section, String name) {
        return section.bool(name, false, "[Alpha] Needs the feature gate LoggingAlphaOptions, which is off.");
    }

    private static Flag<String> alphaSize(FlagSection section, String name) {
        return section.of(
                "quantity",
                name,
                "0",
                text -> text,
                text -> "",
                "[Alpha] Needs the feature gate LoggingAlphaOptions, which is off.");
    }

    /** What the command line says; faults go to {@code problems}. */
    public LoggingConfig read(ParsedFlags flags, Problems problems) {
        String wanted = flags.get(format);
        problems.require(
                wanted.equals("text") || wanted.equals("json"),
                "format: Invalid value: \"" + wanted + "\": Unsupported log format");
        split.forEach(flag -> problems.require(!flags.get(flag), "--" + flag.name() + ALPHA));
        buffer.forEach(flag -> problems.require(flags.get(flag).equals("0"), "--" + flag.name() + ALPHA));
        return LoggingConfig.of(wanted, flags.get(verbosity), flags.get(patterns), problems);
    }
}
