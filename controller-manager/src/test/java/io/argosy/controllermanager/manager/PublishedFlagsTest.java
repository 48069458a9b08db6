package io.argosy.controllermanager.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.published.PublishedFlags;
import io.argosy.apimodel.published.PublishedSpec;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.logging.LoggingFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The flags and the configuration of kube-controller-manager are those that Kubernetes publishes. */
class PublishedFlagsTest {

    private final ManagerProgram program = new ManagerProgram();

    @Test
    void everyFlagIsThereAndNoOther() throws IOException {
        Set<String> wanted = PublishedFlags.ofDaemon("kube-controller-manager").keySet();
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
                .readValue(Files.readAllBytes(PublishedSpec.folder("configz").resolve("kcm.json")), Map.class);
        Set<String> wanted = PublishedFlags.fields((Map<?, ?>) published.get(ConfigView.SECTION));
        // Neither leader migration nor recycling of volumes exists here.
        wanted.removeIf(path -> path.startsWith("/Generic/LeaderMigration/")
                || path.contains("/PersistentVolumeRecyclerConfiguration/"));
        FlagSet flags = program.flags();
        assertEquals(wanted, PublishedFlags.fields(ConfigView.of(flags.values(flags.parse(List.of())))));
    }
}
