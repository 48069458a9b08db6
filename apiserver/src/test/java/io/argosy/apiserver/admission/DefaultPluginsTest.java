package io.argosy.apiserver.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.argosy.apiserver.admission.configuration.AdmissionConfiguration;
import io.argosy.apiserver.admission.tolerations.DefaultTolerationSeconds;
import io.argosy.apiserver.authz.FixedAuthorizer;
import io.argosy.apiserver.objects.MemoryObjects;
import io.argosy.daemon.metrics.Metrics;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DefaultPluginsTest {

    private static List<String> names(Set<String> enabled, Set<String> disabled) {
        AdmissionChain chain = DefaultPlugins.chain(
                new DefaultPlugins.Parts(
                        new MemoryObjects(),
                        FixedAuthorizer.ALWAYS_ALLOW,
                        Optional.empty(),
                        new Random(1),
                        new DefaultTolerationSeconds(300, 300),
                        AdmissionConfiguration.NONE,
                        List.of(),
                        InstantSource.system(),
                        Thread.ofVirtual().factory(),
                        new Metrics()),
                enabled,
                disabled);
        return chain.plugins().stream().map(AdmissionPlugin::name).toList();
    }

    @Test
    void pluginsAreAskedInUpstreamsOrderAndQuotasLast() {
        List<String> names = names(Set.of("NodeRestriction"), Set.of());
        List<String> ordered = new ArrayList<>(names);
        ordered.sort(Comparator.comparingInt(PluginOrder.NAMES::indexOf));
        assertEquals(ordered, names);
        assertEquals("NamespaceLifecycle", names.getFirst());
        assertEquals("ResourceQuota", names.getLast());
        assertEquals(3, names.indexOf("NodeRestriction"));
    }

    @Test
    void flagsTakePluginsInAndOut() {
        assertEquals(-1, names(Set.of(), Set.of()).indexOf("NodeRestriction"));
        assertEquals(-1, names(Set.of(), Set.of("PodSecurity")).indexOf("PodSecurity"));
    }

    @Test
    void wrongNamesAreToldByTheirFlag() {
        assertEquals(
                "enable-admission-plugins plugin \"Foo\" is unknown",
                assertThrows(IllegalArgumentException.class, () -> names(Set.of("Foo"), Set.of()))
                        .getMessage());
        assertEquals(
                "disable-admission-plugins plugin \"Foo\" is unknown",
                assertThrows(IllegalArgumentException.class, () -> names(Set.of(), Set.of("Foo")))
                        .getMessage());
        assertEquals(
                "[Priority] in enable-admission-plugins and disable-admission-plugins overlapped",
                assertThrows(IllegalArgumentException.class, () -> names(Set.of("Priority"), Set.of("Priority")))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> names(Set.of("ImagePolicyWebhook"), Set.of()));
    }
}
