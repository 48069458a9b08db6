package io.argosy.kubelet.server;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which lines of a log, and how.
 *
 * @param stream {@code stdout}, {@code stderr}, or empty for both
 */
record LogOptions(
        boolean follow,
        boolean previous,
        boolean timestamps,
        OptionalLong tail,
        OptionalLong limit,
        Optional<Instant> since,
        String stream) {

    /** @throws IllegalArgumentException with the reason */
    static LogOptions of(Query query, Instant now) {
        Optional<Instant> since = query.first("sinceTime").map(LogOptions::time);
        OptionalLong seconds = number(query, "sinceSeconds", 1);
        if (seconds.isPresent()) {
            since = Optional.of(now.minusSeconds(seconds.getAsLong()));
        }
        String stream = query.first("stream").orElse("All");
        return new LogOptions(
                query.is("follow"),
                query.is("previous"),
                query.is("timestamps"),
                number(query, "tailLines", 0),
                number(query, "limitBytes", 1),
                since,
                stream.equals("All") ? "" : stream.toLowerCase(java.util.Locale.ROOT));
    }

    private static Instant time(String text) {
        try {
            return java.time.OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("sinceTime: " + e.getMessage(), e);
        }
    }

    private static OptionalLong number(Query query, String name, long least) {
        Optional<String> text = query.first(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            long value = Long.parseLong(text.get());
            if (value < least) {
                throw new IllegalArgumentException(name + ": must be greater than or equal to " + least);
            }
            return OptionalLong.of(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": \"" + text.get() + "\" is no number", e);
        }
    }
}
