package io.argosy.apimodel.published;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What Kubernetes publishes of the flags and the configurations of its daemons. */
public final class PublishedFlags {

    private static final Pattern FLAG = Pattern.compile(
            "(?m)^ +(?:-[a-z], )?--([a-z0-9-]+)( [\\[a-zA-Z][^ ]*)?   [^\\n]*(?:\\n {10,}[^-\\n ][^\\n]*)*");
    private static final Pattern DEFAULT = Pattern.compile("\\(default (\\[[^\\]]*\\]|\"[^\"]*\"|[^()]*)\\)");

    private PublishedFlags() {}

    /** The flags of a daemon as {@link #of} tells them, without those that print something and end. */
    public static Map<String, String> ofDaemon(String daemon) throws IOException {
        Map<String, String> flags =
                of(Files.readString(PublishedSpec.folder("flags").resolve(daemon + ".txt")));
        flags.keySet().removeAll(Set.of("help", "version"));
        return flags;
    }

    /** Flags with their types and defaults, {@code type = default}, as a help text shows them. */
    public static Map<String, String> of(String help) {
        Map<String, String> found = new TreeMap<>();
        FLAG.matcher(help).results().forEach((MatchResult flag) -> {
            String byDefault = DEFAULT.matcher(flag.group())
                    .results()
                    .map(match -> match.group(1))
                    .reduce("", (first, last) -> last);
            found.put(flag.group(1), (flag.group(2) == null ? "" : flag.group(2).strip()) + " = " + byDefault);
        });
        return found;
    }

    /** A line for each flag. */
    public static String lines(Map<String, String> flags) {
        return flags.entrySet().stream()
                .map(flag -> flag.getKey() + " " + flag.getValue())
                .collect(Collectors.joining("\n"));
    }

    /** The paths of all fields of a configuration; what lists contain is not looked at. */
    public static Set<String> fields(Map<?, ?> configuration) {
        Set<String> found = new TreeSet<>();
        collect(configuration, "", found);
        return found;
    }

    private static void collect(Map<?, ?> object, String path, Set<String> found) {
        object.forEach((name, value) -> {
            String here = path + "/" + name;
            if (value instanceof Map<?, ?> map && !map.isEmpty()) {
                collect(map, here, found);
            } else {
                found.add(here);
            }
        });
    }
}
