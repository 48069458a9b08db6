package io.argosy.controllermanager.serviceaccount;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.client.request.ObjectJson;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenAgeTest {

    @ParameterizedTest
    @CsvSource({
        "2025-01-01, '', '', true, false, Mark",
        "2025-01-01, 2025-02-01, '', true, false, Mark",
        "2025-01-01, 2026-02-01, '', true, false, Keep",
        "2025-01-01, nonsense, '', true, false, Keep",
        "2025-01-01, '', 2025-06-01, true, false, Delete",
        "2025-01-01, '', 2026-06-01, true, false, Keep",
        "2026-02-01, '', '', true, false, Keep",
        "2025-01-01, '', '', false, false, Keep",
        "2025-01-01, '', '', true, true, Keep",
    })
    void unusedTokensAreMarkedAndThenDeleted(
            String made, String used, String invalid, boolean generated, boolean mounted, String outcome) {
        String labels = (used.isEmpty() ? "" : "\"" + TokenAge.LAST_USED + "\":\"" + used + "\"")
                + (invalid.isEmpty() ? "" : "\"" + TokenAge.INVALID_SINCE + "\":\"" + invalid + "\"");
        Secret secret = ObjectJson.read("""
                {"type":"kubernetes.io/service-account-token",
                 "metadata":{"name":"s","creationTimestamp":"%sT00:00:00Z","labels":{%s}}}
                """.formatted(made, labels), Secret.class);
        assertEquals(
                outcome,
                TokenAge.of(secret, generated, mounted, LocalDate.parse("2026-01-01"))
                        .getClass()
                        .getSimpleName());
    }
}
