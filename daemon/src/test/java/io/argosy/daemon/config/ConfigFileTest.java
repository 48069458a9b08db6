package io.argosy.daemon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConfigFileTest {

    private static final String TEXT = """
            apiVersion: kubescheduler.config.k8s.io/v1
            kind: KubeSchedulerConfiguration
            parallelism: many
            leaderElection:
              leaseDuration: 30s
              leese: 1s
            profiles:
            - schedulerName: a
            - schedulerName: b
              odd: true
            """;

    @Test
    void readsFieldsAndTellsAllFaultsAtOnce() throws ConfigurationException {
        ConfigFile file =
                ConfigFile.parse("f.yaml", TEXT).expect("kubescheduler.config.k8s.io/v1", "KubeSchedulerConfiguration");
        assertEquals(16, file.root().integer("parallelism", 16));
        assertEquals(
                Duration.ofSeconds(30), file.root().object("leaderElection").duration("leaseDuration", Duration.ZERO));
        assertEquals(
                2,
                file.root().objects("profiles").stream()
                        .map(profile -> profile.string("schedulerName", ""))
                        .count());
        file.root().objects("profiles").forEach(profile -> profile.string("schedulerName", ""));
        ConfigurationException e = assertThrows(ConfigurationException.class, file::finish);
        assertEquals(
                "failed to decode f.yaml: strict decoding error: field \"parallelism\" is not a integer, "
                        + "unknown field \"leaderElection.leese\", unknown field \"profiles[1].odd\"",
                e.getMessage());
    }

    @Test
    void refusesAnotherKind() throws ConfigurationException {
        ConfigFile file = ConfigFile.parse("f.yaml", "{\"apiVersion\": \"v1\", \"kind\": \"Pod\"}");
        assertThrows(ConfigurationException.class, () -> file.expect("v1", "Config"));
    }
}
