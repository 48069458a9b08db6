package io.argosy.apimodel.codec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Brings notes of two passes over one JSON document into the order of the document. */
final class NoteOrder {

    private NoteOrder() {}

    private record Placed(int position, String text) {}

    /** What stands inside an unknown field is not looked at, so a field twice in there is no duplicate. */
    static List<String> merge(
            List<ParseNotes.Duplicate> duplicates, List<ParseNotes.Unknown> unknowns, byte[] document) {
        Map<String, Integer> positions = new HashMap<>();
        for (ParseNotes.Unknown unknown : unknowns) {
            positions.put(unknown.path(), Integer.MAX_VALUE);
        }
        JsonReader.locate(document, positions);
        List<Placed> all = new ArrayList<>();
        for (ParseNotes.Unknown unknown : unknowns) {
            all.add(new Placed(positions.get(unknown.path()), ParseNotes.unknownText(unknown.path())));
        }
        for (ParseNotes.Duplicate duplicate : duplicates) {
            if (positions.keySet().stream().noneMatch(path -> covers(path, duplicate.path()))) {
                all.add(new Placed(duplicate.position(), ParseNotes.duplicateText(duplicate.path())));
            }
        }
        all.sort(Comparator.comparingInt(Placed::position));
        return all.stream().map(Placed::text).toList();
    }

    private static boolean covers(String unknown, String path) {
        return path.startsWith(unknown)
                && (path.length() == unknown.length() || ".[".indexOf(path.charAt(unknown.length())) >= 0);
    }
}
