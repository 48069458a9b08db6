package io.argosy.apiserver.table;

import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Events, in the names of both of their groups. */
final class EventCells {

    private EventCells() {}

    static Map<String, CellFunction> functions() {
        return Map.of(
                "event.lastSeen", _ -> (event, now) -> Value.of(lastSeen(event, now)),
                "event.firstSeen", _ -> (event, now) -> Value.of(firstSeen(event, now)),
                "event.object", CellFunction.text(EventCells::object),
                "event.subobject", CellFunction.text(event -> about(event, "fieldPath")),
                "event.source", CellFunction.text(EventCells::source),
                "event.message",
                        CellFunction.text(
                                event -> either(event, "message", "note").strip()),
                "event.count", _ -> (event, _) -> count(event));
    }

    private static String either(ObjectValue event, String legacy, String current) {
        return event.string(legacy).or(() -> event.string(current)).orElse("");
    }

    private static String firstSeen(ObjectValue event, Instant now) {
        return event.string("firstTimestamp")
                .or(() -> event.string("deprecatedFirstTimestamp"))
                .or(() -> event.string("eventTime"))
                .map(time -> HumanDuration.since(time, now))
                .orElse(HumanDuration.UNKNOWN);
    }

    private static String lastSeen(ObjectValue event, Instant now) {
        if (event.object("series").isPresent()) {
            return HumanDuration.since(event, now, "series", "lastObservedTime");
        }
        return event.string("lastTimestamp")
                .or(() -> event.string("deprecatedLastTimestamp"))
                .map(time -> HumanDuration.since(time, now))
                .orElseGet(() -> firstSeen(event, now));
    }

    private static Value count(ObjectValue event) {
        Optional<Long> count = event.object("series").isPresent()
                ? event.integer("series", "count")
                : event.integer("count")
                        .or(() -> event.integer("deprecatedCount"))
                        .filter(times -> times != 0);
        return new IntegerValue(count.orElse(event.object("series").isPresent() ? 0L : 1L));
    }

    private static String about(ObjectValue event, String field) {
        return event.string("involvedObject", field)
                .or(() -> event.string("regarding", field))
                .orElse("");
    }

    private static String object(ObjectValue event) {
        String kind = about(event, "kind").toLowerCase(Locale.ROOT);
        String name = about(event, "name");
        return name.isEmpty() ? kind : kind + "/" + name;
    }

    private static String source(ObjectValue event) {
        String component = first(Stream.of(
                event.string("source", "component"),
                event.string("deprecatedSource", "component"),
                event.string("reportingComponent"),
                event.string("reportingController")));
        String instance = first(Stream.of(
                event.string("source", "host"),
                event.string("deprecatedSource", "host"),
                event.string("reportingInstance")));
        return instance.isEmpty() ? component : component + ", " + instance;
    }

    private static String first(Stream<Optional<String>> texts) {
        return texts.flatMap(Optional::stream)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }
}
