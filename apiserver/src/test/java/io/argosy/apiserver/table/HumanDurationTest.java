package io.argosy.apiserver.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HumanDurationTest {

    @ParameterizedTest
    @CsvSource({
        "PT-10S, <invalid>",
        "PT0S, 0s",
        "PT119S, 119s",
        "PT2M, 2m",
        "PT3M20S, 3m20s",
        "PT10M5S, 10m",
        "PT179M, 179m",
        "PT3H, 3h",
        "PT3H5M, 3h5m",
        "PT9H10M, 9h",
        "PT47H, 47h",
        "PT48H, 2d",
        "PT50H, 2d2h",
        "P8D, 8d",
        "P400D, 400d",
        "P730D, 2y",
        "P731D, 2y1d",
        "P3650D, 10y"
    })
    void durationsAreShownInTwoUnits(String duration, String shown) {
        assertEquals(shown, HumanDuration.of(Duration.parse(duration)));
    }
}
