package io.argosy.daemon.logging;

import io.argosy.daemon.config.ConfigObject;
import io.argosy.daemon.config.ConfigTree;
import io.argosy.daemon.config.Problems;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.GoDuration;
import io.argosy.daemon.flags.ParsedFlags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The {@code logging} of a component's configuration file: LoggingConfiguration of component-base v1. */
public final class LoggingSection {

    private static final String ALPHA = ": Forbidden: Feature LoggingAlphaOptions is disabled";

    private LoggingSection() {}

    /** Lays the logging flags that the command line names over {@code logging} of a configuration. */
    public static void overlay(Map<String, Object> tree, FlagSet flags, ParsedFlags parsed) {
        Set<String> given = parsed.given();
        Map<String, Object> values = flags.values(parsed);
        if (given.contains("v")) {
            ConfigTree.set(tree, "logging.verbosity", values.getOrDefault("v", 0));
        }
        if (given.contains("logging-format")) {
            ConfigTree.set(tree, "logging.format", values.getOrDefault("logging-format", "text"));
        }
        if (given.contains("log-flush-frequency") && values.get("log-flush-frequency") instanceof Duration every) {
            ConfigTree.set(tree, "logging.flushFrequency", GoDuration.format(every));
        }
        if (given.contains("vmodule")) {
            List<Object> modules = new ArrayList<>();
            for (String pattern : String.valueOf(values.get("vmodule")).split(",")) {
                int equals = pattern.indexOf('=');
                if (equals > 0) {
                    Map<String, Object> module = new LinkedHashMap<>();
                    module.put("filePattern", pattern.substring(0, equals));
                    module.put("verbosity", Integer.parseInt(pattern.substring(equals + 1)));
                    modules.add(module);
                }
            }
            if (ConfigTree.get(tree, "logging.vmodule").orElse(List.of()) instanceof List<?> more) {
                modules.addAll(more);
            }
            ConfigTree.set(tree, "logging.vmodule", modules);
        }
    }

    /** Reads it; what cannot be had is told to {@code problems}, types that do not fit to the file. */
    public static LoggingConfig read(ConfigObject section, Problems problems) {
        String format = section.string("format", "text");
        problems.require(
                format.equals("text") || format.equals("json"),
                "logging.format: Invalid value: \"" + format + "\": Unsupported log format");
        if (!(section.raw("flushFrequency").orElse(0) instanceof Number)) {
            // Nothing is held back, so nothing needs flushing; only the form is checked.
            section.duration("flushFrequency");
        }
        for (String kind : List.of("text", "json")) {
            ConfigObject options = section.object("options").object(kind);
            boolean split = options.bool("splitStream", false);
            boolean buffered =
                    !String.valueOf(options.raw("infoBufferSize").orElse("0")).equals("0");
            String at = "logging.options." + kind;
            problems.require(!split || !format.equals(kind), at + ".splitStream" + ALPHA);
            problems.require(!buffered || !format.equals(kind), at + ".infoBufferSize" + ALPHA);
        }
        int verbosity = section.integer("verbosity", 0);
        problems.require(
                verbosity >= 0,
                "logging.verbosity: Invalid value: " + verbosity + ": must be greater than or equal to 0");
        Map<String, Integer> modules = new LinkedHashMap<>();
        for (ConfigObject module : section.objects("vmodule")) {
            modules.put(module.string("filePattern", ""), module.integer("verbosity", 0));
        }
        problems.require(
                modules.isEmpty() || format.equals("text"),
                "logging.vmodule: Forbidden: Only supported for text log format");
        return new LoggingConfig(format.equals("json"), verbosity, modules);
    }
}
