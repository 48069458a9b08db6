package io.argosy.apiserver.admission.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdmissionConfigurationTest {

    @TempDir
    private Path folder;

    @Test
    void pluginsAreConfiguredInTheFileOrInOneBesideIt() throws IOException {
        Files.writeString(folder.resolve("quota.yaml"), "kind: ResourceQuotaConfiguration");
        Path file = Files.writeString(folder.resolve("admission.yaml"), """
                apiVersion: apiserver.config.k8s.io/v1
                kind: AdmissionConfiguration
                plugins:
                - {name: PodSecurity, configuration: {kind: PodSecurityConfiguration}}
                - {name: ResourceQuota, path: quota.yaml}
                - {name: Priority}
                """);
        AdmissionConfiguration read = AdmissionConfiguration.read(file);
        assertEquals(
                Optional.of("PodSecurityConfiguration"), read.of("PodSecurity").flatMap(found -> found.string("kind")));
        assertEquals(
                Optional.of("ResourceQuotaConfiguration"),
                read.of("ResourceQuota").flatMap(found -> found.string("kind")));
        assertEquals(Optional.empty(), read.of("Priority"));
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path other = Files.writeString(folder.resolve("other.yaml"), "{apiVersion: v1, kind: Pod}");
        assertThrows(IllegalArgumentException.class, () -> AdmissionConfiguration.read(other));
        assertThrows(IllegalArgumentException.class, () -> AdmissionConfiguration.read(folder.resolve("none")));
    }
}
