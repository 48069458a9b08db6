package io.argosy.kubeproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.published.PublishedFlags;
import io.argosy.apimodel.published.PublishedSpec;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.logging.LoggingFlags;
import io.argosy.kubeproxy.config.ProxyConfigReader;
import io.argosy.kubeproxy.config.ProxyFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The flags and the configuration of kube-proxy are those that Kubernetes publishes. */
class PublishedFlagsTest {

    @Test
    void everyFlagIsThereWithItsTypeAndDefaultAndNoOther() throws IOException {
        Map<String, String> wanted = PublishedFlags.ofDaemon("kube-proxy");
        assertTrue(wanted.size() > 50, wanted::toString);
        FlagSet flags = new ProxyProgram().flags();
        new LoggingFlags(flags);
        assertEquals(PublishedFlags.lines(wanted), PublishedFlags.lines(PublishedFlags.of(flags.help())));
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
        assertEquals(
                PublishedFlags.fields((Map<?, ?>) published.get("kubeproxy.config.k8s.io")),
                PublishedFlags.fields(shown));
    }
}
