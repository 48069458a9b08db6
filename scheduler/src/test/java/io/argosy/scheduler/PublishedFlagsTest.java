package io.argosy.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.published.PublishedFlags;
import io.argosy.apimodel.published.PublishedSpec;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.logging.LoggingFlags;
import io.argosy.scheduler.config.ConfigView;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The flags and the configuration of kube-scheduler are those that Kubernetes publishes. */
class PublishedFlagsTest {

    private final SchedulerProgram program = new SchedulerProgram();

    @Test
    void everyFlagIsThereAndNoOther() throws IOException {
        Set<String> wanted = PublishedFlags.ofDaemon("kube-scheduler").keySet();
        assertTrue(wanted.size() > 50, wanted::toString);
        FlagSet flags = program.flags();
        new LoggingFlags(flags);
        Set<String> declared = new TreeSet<>(flags.names());
        assertEquals(wanted, declared);
    }

    @Test
    void theConfigurationHasTheFieldsThatItShows() throws Exception {
        Map<?, ?> published = JsonMapper.builder()
                .build()
                .readValue(Files.readAllBytes(PublishedSpec.folder("configz").resolve("scheduler.json")), Map.class);
        Set<String> wanted = PublishedFlags.fields((Map<?, ?>) published.get("componentconfig"));
        assertEquals(wanted, PublishedFlags.fields(ConfigView.of(TestProfiles.config())));
    }
}
