package io.argosy.apimodel.conversion;

import io.argosy.apimodel.tree.ObjectValue;
import java.util.Map;

/** Events have one meaning under two sets of names: {@code v1} and {@code events.k8s.io/v1}. */
final class EventConversion {

    private static final Map<String, String> CURRENT_BY_LEGACY = Map.of(
            "involvedObject", "regarding",
            "source", "deprecatedSource",
            "message", "note",
            "firstTimestamp", "deprecatedFirstTimestamp",
            "lastTimestamp", "deprecatedLastTimestamp",
            "count", "deprecatedCount",
            "reportingComponent", "reportingController");

    private EventConversion() {}

    static void toCurrent(ObjectValue event) {
        CURRENT_BY_LEGACY.forEach((legacy, current) -> rename(event, legacy, current));
    }

    static void toLegacy(ObjectValue event) {
        CURRENT_BY_LEGACY.forEach((legacy, current) -> rename(event, current, legacy));
    }

    private static void rename(ObjectValue event, String from, String to) {
        event.remove(from).ifPresent(value -> event.put(to, value));
    }
}
