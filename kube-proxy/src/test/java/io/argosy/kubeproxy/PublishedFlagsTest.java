package io.argosy.kubeproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.published.PublishedSpec;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.logging.LoggingFlags;
import io.argosy.kubeproxy.config.ProxyConfigReader;
import io.argosy.kubeproxy.config.ProxyFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The flags and the configuration of kube-proxy are those that Kubernetes publishes. */
class PublishedFlagsTest {

    private static final Pattern FLAG = Pattern.compile(
            "(?m)^ +(?:-[a-z], )?--([a-z0-9-]+)( [a-zA-Z][^ ]*)?(?:   .*?(?:\\(default ([^()]*)\\))?)?$");

    /** Flags with their types and defaults, as a help text shows them. */
    private static Map<String, String> flags(String help) {
        Map<String, String> found = new TreeMap<>();
        FLAG.matcher(help)
                .results()
                .forEach((MatchResult flag) ->
                        found.put(flag.group(1), String.valueOf(flag.group(2)).strip() + " = " + flag.group(3)));
        return found;
    }

    @Test
    void everyFlagIsThereWithItsTypeAndDefaultAndNoOther() throws IOException {
        Map<String, String> wanted =
                flags(Files.readString(PublishedSpec.folder("flags").resolve("kube-proxy.txt")));
        assertTrue(wanted.size() > 50, wanted::toString);
        FlagSet flags = new ProxyProgram().flags();
        new LoggingFlags(flags);
        Map<String, String> declared = flags(flags.help());
        wanted.keySet().removeAll(List.of("help", "version"));
        assertEquals(wanted, declared);
    }

    @Test
    void theConfigurationHasTheFieldsThatItShows() throws Exception {
        Map<?, ?> published = JsonMapper.builder()
                .build()
                .readValue(Files.readAllBytes(PublishedSpec.folder("configz").resolve("kube-proxy.json")), Map.class);
        FlagSet flags = new FlagSet("kube-proxy", "");
        ProxyFlags own = new ProxyFlags(flags);
        new LoggingFlags(flags);
        Map<String, Object> shown = new ProxyConfigReader(own, flags.parse(List.of()), "node1")
                .read()
                .tree();
        assertEquals(fields((Map<?, ?>) published.get("kubeproxy.config.k8s.io"), ""), fields(shown, ""));
    }

    /** The paths of all fields; what lists contain is not looked at. */
    private static Set<String> fields(Map<?, ?> object, String path) {
        Set<String> found = new TreeSet<>();
        object.forEach((name, value) -> {
            String here = path + "/" + name;
            if (value instanceof Map<?, ?> map && !map.isEmpty()) {
                found.addAll(fields(map, here));
            } else {
                found.add(here);
            }
        });
        return found;
    }
}
