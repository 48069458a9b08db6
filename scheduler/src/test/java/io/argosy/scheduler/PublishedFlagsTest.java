package io.argosy.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.published.PublishedSpec;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.logging.LoggingFlags;
import io.argosy.scheduler.config.ConfigView;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The flags and the configuration of kube-scheduler are those that Kubernetes publishes. */
class PublishedFlagsTest {

    private static final Pattern FLAG = Pattern.compile("(?m)^ +(?:-[a-z], )?--([a-z0-9-]+)");

    private final SchedulerProgram program = new SchedulerProgram();

    @Test
    void everyFlagIsThereAndNoOther() throws IOException {
        String help = Files.readString(PublishedSpec.folder("flags").resolve("kube-scheduler.txt"));
        Set<String> wanted = FLAG.matcher(help)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(wanted.size() > 50, wanted::toString);
        FlagSet flags = program.flags();
        new LoggingFlags(flags);
        Set<String> declared = new TreeSet<>(flags.names());
        declared.add("help");
        declared.add("version");
        assertEquals(wanted, declared);
    }

    @Test
    void theConfigurationHasTheFieldsThatItShows() throws Exception {
        Map<?, ?> published = JsonMapper.builder()
                .build()
                .readValue(Files.readAllBytes(PublishedSpec.folder("configz").resolve("scheduler.json")), Map.class);
        Set<String> wanted = fields((Map<?, ?>) published.get("componentconfig"), "");
        assertEquals(wanted, fields(ConfigView.of(TestProfiles.config()), ""));
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
