package io.argosy.apiserver.request;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One clause of an Accept header, or a Content-Type (RFC 9110, 8.3 and 12.5.1). */
public record MediaRange(String type, String subtype, Map<String, String> parameters, double quality) {

    public MediaRange {
        parameters = Map.copyOf(parameters);
    }

    /** {@code application/json}. */
    public String name() {
        return type + "/" + subtype;
    }

    /** The clauses of an Accept header, the best first; clauses that cannot be read are left out. */
    public static List<MediaRange> parseAccept(String header) {
        List<MediaRange> ranges = new ArrayList<>();
        for (String clause : header.split(",")) {
            MediaRange range = parse(clause);
            if (!range.type.isEmpty()) {
                ranges.add(range);
            }
        }
        ranges.sort((a, b) -> {
            int byQuality = Double.compare(b.quality, a.quality);
            if (byQuality != 0) {
                return byQuality;
            }
            int byType = Boolean.compare(a.type.equals("*"), b.type.equals("*"));
            return byType != 0 ? byType : Boolean.compare(a.subtype.equals("*"), b.subtype.equals("*"));
        });
        return ranges;
    }

    /** Reads one media type; its type is empty when it is none. */
    public static MediaRange parse(String clause) {
        String[] pieces = clause.split(";", -1);
        String[] names = pieces[0].trim().toLowerCase(Locale.ROOT).split("/");
        Map<String, String> parameters = new LinkedHashMap<>();
        double quality = 1;
        for (int i = 1; i < pieces.length; i++) {
            int equals = pieces[i].indexOf('=');
            if (equals < 0) {
                continue;
            }
            String name = pieces[i].substring(0, equals).trim().toLowerCase(Locale.ROOT);
            String value = unquoted(pieces[i].substring(equals + 1).trim());
            if (name.equals("q")) {
                quality = quality(value);
            } else {
                parameters.put(name, value);
            }
        }
        if (names.length == 1 && names[0].equals("*")) {
            return new MediaRange("*", "*", parameters, quality);
        }
        return names.length == 2
                ? new MediaRange(names[0], names[1], parameters, quality)
                : new MediaRange("", "", Map.of(), 0);
    }

    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    private static double quality(String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException _) {
            return 1;
        }
    }
}
