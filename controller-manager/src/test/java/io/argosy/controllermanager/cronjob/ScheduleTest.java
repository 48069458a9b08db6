package io.argosy.controllermanager.cronjob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* * * * *     | 2026-01-01T10:00:30Z | 2026-01-01T10:01:00Z",
                "*/15 * * * *  | 2026-01-01T10:45:00Z | 2026-01-01T11:00:00Z",
                "0 0 29 2 *    | 2026-01-01T00:00:00Z | 2028-02-29T00:00:00Z",
                "0 12 13 * fri | 2026-02-01T00:00:00Z | 2026-02-06T12:00:00Z",
                "0 12 13 * *   | 2026-02-01T00:00:00Z | 2026-02-13T12:00:00Z",
                "@hourly       | 2026-01-01T10:00:00Z | 2026-01-01T11:00:00Z",
                "@every 90s    | 2026-01-01T10:00:00Z | 2026-01-01T10:01:30Z"
            })
    void next(String line, Instant after, Instant expected) {
        assertEquals(Optional.of(expected), Schedule.parse(line, ZoneOffset.UTC).next(after));
    }

    @Test
    void neverWhenNoDayMatches() {
        assertEquals(
                Optional.empty(),
                Schedule.parse("0 0 31 2 *", ZoneOffset.UTC).next(Instant.parse("2026-01-01T00:00:00Z")));
    }

    @Test
    void countsInItsZone() {
        assertEquals(
                Optional.of(Instant.parse("2026-01-01T08:00:00Z")),
                Schedule.parse("0 9 * * *", ZoneId.of("Europe/Berlin")).next(Instant.parse("2026-01-01T00:00:00Z")));
    }

    @Test
    void latestIsTheLastThatWasDue() {
        Schedule schedule = Schedule.parse("0 6 * * *", ZoneOffset.UTC);
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        assertEquals(
                Optional.of(Instant.parse("2026-03-05T06:00:00Z")),
                schedule.latest(from, Instant.parse("2026-03-05T20:00:00Z")));
        assertEquals(Optional.empty(), schedule.latest(from, Instant.parse("2026-01-01T05:59:00Z")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"* * * *", "60 * * * *", "5-1 * * * *", "*/0 * * * *", "x * * * *", "@never"})
    void refuses(String line) {
        assertThrows(IllegalArgumentException.class, () -> Schedule.parse(line, ZoneOffset.UTC));
    }
}
