package io.argosy.daemon.logging;

import io.argosy.daemon.config.Problems;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How to log.
 *
 * @param json JSON lines instead of klog's text
 * @param verbosity 0 to 10: from 4 on debug lines, from 6 on trace lines
 * @param modules verbosity by logger (class) name
 */
public record LoggingConfig(boolean json, int verbosity, Map<String, Integer> modules) {

    public LoggingConfig {
        modules = Map.copyOf(modules);
    }

    public static LoggingConfig standard() {
        return new LoggingConfig(false, 0, Map.of());
    }

    static LoggingConfig of(String format, int verbosity, String patterns, Problems problems) {
        Map<String, Integer> modules = new LinkedHashMap<>();
        for (String pattern : patterns.split(",")) {
            if (pattern.isEmpty()) {
                continue;
            }
            int equals = pattern.indexOf('=');
            try {
                if (equals < 1) {
                    throw new NumberFormatException();
                }
                modules.put(pattern.substring(0, equals), Integer.parseInt(pattern.substring(equals + 1)));
            } catch (NumberFormatException e) {
                problems.add("vmodule: Invalid value: \"" + pattern + "\": expect comma-separated list of filename=N");
            }
        }
        return new LoggingConfig(format.equals("json"), verbosity, modules);
    }
}
