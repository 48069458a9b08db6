package io.argosy.daemon.http;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The Date header (RFC 9110, 5.6.7), made once a second. */
final class HttpDate {

    private record Stamp(long second, String text) {}

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);
    private static final Clock CLOCK = Clock.systemUTC();
    private static volatile Stamp stamp = new Stamp(0, "");

    private HttpDate() {}

    static String now() {
        long second = CLOCK.millis() / 1000;
        Stamp current = stamp;
        if (current.second != second) {
            ZonedDateTime time = Instant.ofEpochSecond(second).atZone(ZoneOffset.UTC);
            current = new Stamp(second, FORMAT.format(time));
            stamp = current;
        }
        return current.text;
    }
}
