package io.argosy.apiserver.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apiserver.request.Accepted.Offer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptedTest {

    private static Accepted accepted(String accept, boolean stream) {
        return Accepted.of(
                TargetsTest.request("GET", "/api/v1/pods", "Accept", accept), Query.parse(""), Offer.BUILT_IN, stream);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json|JSON",
                "*/*|JSON",
                "application/yaml|YAML",
                "application/vnd.kubernetes.protobuf,application/json|PROTOBUF",
                "application/json;q=0.5,application/yaml;q=0.9|YAML",
                "text/html,*/*;q=0.1|JSON",
                "application/vnd.kubernetes.protobuf;as=Table;g=meta.k8s.io;v=v1,application/json|JSON"
            })
    void theBestClauseThatCanBeServedWins(String accept, Format format) {
        assertEquals(format, accepted(accept, false).format());
    }

    @Test
    void watchesAreNotYaml() {
        ApiException refused = assertThrows(ApiException.class, () -> accepted("application/yaml", true));
        assertEquals(406, refused.code());
    }

    @Test
    void tablesAreAskedForByParameters() {
        Accepted table = accepted("application/json;as=Table;v=v1;g=meta.k8s.io,application/json", false);
        assertEquals("Table", table.as().orElseThrow().kind());
        assertTrue(accepted("application/json;as=Nothing;v=v1;g=meta.k8s.io,application/json", false)
                .as()
                .isEmpty());
    }
}
