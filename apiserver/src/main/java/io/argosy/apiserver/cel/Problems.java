package io.argosy.apiserver.cel;

import dev.cel.runtime.CelEvaluationException;
import io.argosy.apiserver.cel.library.FunctionFailure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of CEL's reference implementation for what goes wrong in an evaluation. */
final class Problems {

    private static final Pattern PLACE = Pattern.compile("^evaluation error(?: at <input>:\\d+)?: (?s)(.*)$");
    private static final Pattern KEY = Pattern.compile("key '(.*)' is not present in map\\.?");
    private static final Pattern INDEX = Pattern.compile("(?i)index out of bounds: (-?\\d+)");

    private Problems() {}

    static String words(CelEvaluationException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof FunctionFailure failure) {
                return failure.words();
            }
        }
        Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
        String message = place.matches() ? place.group(1) : String.valueOf(e.getMessage());
        return switch (e.getErrorCode()) {
            case ATTRIBUTE_NOT_FOUND -> {
                Matcher key = KEY.matcher(message);
                yield key.find() ? "no such key: " + key.group(1) : message;
            }
            case INDEX_OUT_OF_BOUNDS -> {
                Matcher index = INDEX.matcher(message);
                yield index.find() ? "index out of bounds: " + index.group(1) : message;
            }
            case DIVIDE_BY_ZERO -> "division by zero";
            case OVERLOAD_NOT_FOUND, AMBIGUOUS_OVERLOAD -> "no such overload";
            case NUMERIC_OVERFLOW -> "integer overflow";
            default -> message;
        };
    }
}
