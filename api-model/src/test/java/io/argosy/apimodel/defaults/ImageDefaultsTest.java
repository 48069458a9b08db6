package io.argosy.apimodel.defaults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImageDefaultsTest {

    @ParameterizedTest
    @CsvSource({
        "nginx, Always",
        "nginx:latest, Always",
        "nginx:1.27, IfNotPresent",
        "registry.example.com:5000/team/app, Always",
        "registry.example.com:5000/team/app:v1, IfNotPresent",
        "nginx@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, IfNotPresent",
        "UPPER/case, Always",
        "-bad-, IfNotPresent",
        "'', IfNotPresent"
    })
    void latestImagesAreAlwaysPulled(String reference, String policy) {
        assertEquals(policy, ImageDefaults.pullPolicy(reference));
    }
}
