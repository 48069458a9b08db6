package io.argosy.apiserver.cel.library;

import static dev.cel.common.types.SimpleType.DYN;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.types.ListType;
import java.util.ArrayList;
import java.util.List;

/** Functions on texts: {@code find}, {@code findAll}, {@code format}, {@code jsonpatch.escapeKey}. */
final class TextFunctions {

    private TextFunctions() {}

    static void addTo(Functions functions) {
        functions
                .member("find", "string_find_string", STRING, List.of(STRING, STRING), args -> {
                    Matcher matcher = matcher(args);
                    return matcher.find() ? matcher.group() : "";
                })
                .member(
                        "findAll",
                        "string_find_all_string",
                        ListType.create(STRING),
                        List.of(STRING, STRING),
                        args -> findAll(matcher(args), -1))
                .member(
                        "findAll",
                        "string_find_all_string_int",
                        ListType.create(STRING),
                        List.of(STRING, STRING, INT),
                        args -> findAll(matcher(args), (Long) args[2]))
                .member(
                        "format",
                        "string_format",
                        STRING,
                        List.of(STRING, ListType.create(DYN)),
                        args -> TextTemplate.fill((String) args[0], (List<?>) args[1]))
                .global(
                        "jsonpatch.escapeKey",
                        "string_jsonpatch_escapeKey_string",
                        STRING,
                        List.of(STRING),
                        args -> ((String) args[0]).replace("~", "~0").replace("/", "~1"));
    }

    /** As the functions of this name on lists stand beside them, those on texts do so too. */
    static void addPlaces(Functions functions) {
        functions
                .member(
                        "indexOf",
                        "string_index_of_string",
                        INT,
                        List.of(STRING, STRING),
                        args -> place(args, 0L, false))
                .member(
                        "indexOf",
                        "string_index_of_string_int",
                        INT,
                        List.of(STRING, STRING, INT),
                        args -> place(args, (Long) args[2], false))
                .member(
                        "lastIndexOf",
                        "string_last_index_of_string",
                        INT,
                        List.of(STRING, STRING),
                        args -> place(args, length(args[0]), true))
                .member(
                        "lastIndexOf",
                        "string_last_index_of_string_int",
                        INT,
                        List.of(STRING, STRING, INT),
                        args -> place(args, (Long) args[2], true));
    }

    private static long length(Object text) {
        return ((String) text).codePointCount(0, ((String) text).length());
    }

    /** Counted in code points. */
    private static long place(Object[] args, long from, boolean last) {
        String text = (String) args[0];
        String sought = (String) args[1];
        if (from < 0 || from > length(text)) {
            throw new FunctionFailure("index out of range: " + from);
        }
        int offset = text.offsetByCodePoints(0, (int) from);
        int found = last ? text.lastIndexOf(sought, offset) : text.indexOf(sought, offset);
        return found < 0 ? -1 : text.codePointCount(0, found);
    }

    private static Matcher matcher(Object[] args) {
        try {
            return Pattern.compile((String) args[1]).matcher((String) args[0]);
        } catch (PatternSyntaxException e) {
            throw new FunctionFailure("Illegal regex: " + e.getMessage());
        }
    }

    private static List<String> findAll(Matcher matcher, long most) {
        List<String> found = new ArrayList<>();
        while ((most < 0 || found.size() < most) && matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }
}
