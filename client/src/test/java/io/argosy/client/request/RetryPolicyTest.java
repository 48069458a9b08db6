package io.argosy.client.request;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

    private final RetryPolicy policy = RetryPolicy.STANDARD;

    /** A wait of -1 takes the answer as it is. */
    @ParameterizedTest
    @CsvSource({
        "true,  429, 3,    3",
        "false, 429, 3,    3",
        "true,  503, 1,    1",
        "true,  500, 0,    0",
        "false, 503, 1,   -1",
        "true,  404, 1,   -1",
        "true,  503, '',  -1",
        "true,  503, soon, -1",
        "true,  429, 900, 30",
    })
    void answersAreRetriedWhenTheServerSaysWhenAndNothingWasDone(boolean read, int status, String after, long seconds) {
        Map<String, String> headers = after.isEmpty() ? Map.of() : Map.of("retry-after", after);
        Optional<Duration> wanted = seconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
        assertEquals(wanted, policy.afterAnswer(0, read, status, headers));
        assertEquals(Optional.empty(), policy.afterAnswer(policy.attempts() - 1, read, status, headers));
    }

    @Test
    void failuresOfReadsAndOfWhatWasNotSentAreRetriedMoreAndMoreSlowly() {
        assertEquals(Optional.of(Duration.ofMillis(50)), policy.afterFailure(0, true, false));
        assertEquals(Optional.of(Duration.ofMillis(200)), policy.afterFailure(2, false, true));
        assertEquals(Optional.empty(), policy.afterFailure(4, true, true));
    }

    @Test
    void aWriteWithoutAnswerIsNotRetried() {
        assertEquals(Optional.empty(), policy.afterFailure(0, false, false));
    }
}
