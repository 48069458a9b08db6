package io.argosy.apimodel.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T10:00:00Z,2026-11-22T10:00:00Z",
        "2026-11-22T10:00:00+02:00,2026-11-22T08:00:00Z",
        "2026-11-22T10:00:00-23:59,2026-11-23T09:59:00Z",
        "2026-11-22T10:00:00.123456789Z,2026-11-22T10:00:00Z",
        "0001-01-01T00:00:00Z,0001-01-01T00:00:00Z"
    })
    void readsAndWrites(String text, String canonical) {
        assertEquals(canonical, ApiTime.format(ApiTime.parse(text).orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "2026-11-22",
                "2026-11-22T10:00:00",
                "2026-13-22T10:00:00Z",
                "2026-02-30T10:00:00Z",
                "2026-11-22 10:00:00Z",
                "2026-11-22T10:00:00z",
                "2026-11-22T10:00:00.Z",
                "2026-11-22T10:00:00+1:00"
            })
    void refusesOthers(String text) {
        assertEquals(Optional.empty(), ApiTime.parse(text));
    }

    @Test
    void microTimesHaveSixDigits() {
        Instant time = Instant.parse("2026-11-22T10:00:00.123456Z");
        assertEquals("2026-11-22T10:00:00.123456Z", ApiTime.formatMicro(time));
        assertEquals(Optional.of(time), ApiTime.parseMicro("2026-11-22T10:00:00.123456Z"));
        assertEquals(Optional.empty(), ApiTime.parseMicro("2026-11-22T10:00:00.123Z"));
        assertEquals(Optional.empty(), ApiTime.parseMicro("2026-11-22T10:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "0,0s",
        "1h,1h0m0s",
        "90m,1h30m0s",
        "1.5s,1.5s",
        "300ms,300ms",
        "1us,1µs",
        "1500ns,1.5µs",
        "-2m,-2m0s",
        "1h1ns,1h0m0.000000001s"
    })
    void durations(String text, String canonical) {
        assertEquals(canonical, ApiDuration.format(ApiDuration.parse(text).orElseThrow()));
    }

    @Test
    void refusesOtherDurations() {
        for (String text : new String[] {"", "1", "1x", "s", "1h 2m", "99999999h", "--1s"}) {
            assertEquals(Optional.empty(), ApiDuration.parse(text), text);
        }
        assertEquals(Optional.of(Duration.ofSeconds(-90)), ApiDuration.parse("-1m30s"));
    }
}
