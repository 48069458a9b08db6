package io.argosy.kubelet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.published.PublishedSpec;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.logging.LoggingFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The flags of the kubelet are those that Kubernetes publishes, with their types and defaults. */
class PublishedFlagsTest {

    private static final Pattern FLAG = Pattern.compile(
            "(?m)^ +(?:-[a-z], )?--([a-z0-9-]+)( [\\[a-zA-Z][^ ]*)?   [^\\n]*(?:\\n {10,}[^-\\n ][^\\n]*)*");
    private static final Pattern DEFAULT = Pattern.compile("\\(default (\\[[^\\]]*\\]|\"[^\"]*\"|[^()]*)\\)");

    /** Flags with their types and defaults, as a help text shows them. */
    private static Map<String, String> flags(String help) {
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

    @Test
    void everyFlagIsThereWithItsTypeAndDefaultAndNoOther() throws IOException {
        Map<String, String> wanted =
                flags(Files.readString(PublishedSpec.folder("flags").resolve("kubelet.txt")));
        assertTrue(wanted.size() > 140, wanted::toString);
        FlagSet flags = new KubeletProgram().flags();
        new LoggingFlags(flags);
        wanted.keySet().removeAll(List.of("help", "version"));
        assertEquals(String.join("\n", lines(wanted)), String.join("\n", lines(flags(flags.help()))));
    }

    private static List<String> lines(Map<String, String> flags) {
        return flags.entrySet().stream()
                .map(flag -> flag.getKey() + " " + flag.getValue())
                .toList();
    }
}
