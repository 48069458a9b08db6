package io.argosy.apiserver.table;

import java.util.List;
import java.util.stream.Collectors;

/** Lists of which only the first items are shown. */
final class Shortened {

    static final int ITEMS = 3;

    private Shortened() {}

    /** The first three items, and how many more there are. */
    static String list(List<String> items, String whenEmpty) {
        String shown = items.stream().limit(ITEMS).collect(Collectors.joining(","));
        if (items.size() > ITEMS) {
            return shown + " + " + (items.size() - ITEMS) + " more...";
        }
        return shown.isEmpty() ? whenEmpty : shown;
    }
}
