package io.argosy.kubelet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.published.PublishedFlags;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.logging.LoggingFlags;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The flags of the kubelet are those that Kubernetes publishes, with their types and defaults. */
class PublishedFlagsTest {

    @Test
    void everyFlagIsThereWithItsTypeAndDefaultAndNoOther() throws IOException {
        Map<String, String> wanted = PublishedFlags.ofDaemon("kubelet");
        assertTrue(wanted.size() > 140, wanted::toString);
        FlagSet flags = new KubeletProgram().flags();
        new LoggingFlags(flags);
        assertEquals(PublishedFlags.lines(wanted), PublishedFlags.lines(PublishedFlags.of(flags.help())));
    }
}
