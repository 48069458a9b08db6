package io.argosy.apiserver.cel.library;

import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import io.argosy.apimodel.time.ApiTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code "%s has %d".format([name, count])}: the clauses s, d, f, e, b, x, X, o, with a precision for f and e. */
final class TextTemplate {

    private TextTemplate() {}

    static String fill(String template, List<?> arguments) {
        StringBuilder out = new StringBuilder();
        int used = 0;
        int i = 0;
        while (i < template.length()) {
            char c = template.charAt(i++);
            if (c != '%') {
                out.append(c);
                continue;
            }
            if (i >= template.length()) {
                throw new FunctionFailure("unexpected end of string");
            }
            if (template.charAt(i) == '%') {
                out.append('%');
                i++;
                continue;
            }
            int precision = 6;
            if (template.charAt(i) == '.') {
                int from = ++i;
                while (i < template.length() && Character.isDigit(template.charAt(i))) {
                    i++;
                }
                if (i == from || i - from > 3 || i >= template.length()) {
                    throw new FunctionFailure("error while parsing precision");
                }
                precision = Integer.parseInt(template.substring(from, i));
            }
            if (used >= arguments.size()) {
                throw new FunctionFailure("index " + used + " out of range");
            }
            out.append(clause(template.charAt(i++), precision, arguments.get(used++)));
        }
        return out.toString();
    }

    private static String clause(char clause, int precision, Object value) {
        return switch (clause) {
            case 's' -> text(value);
            case 'd' -> decimal(value);
            case 'f' -> number(value, "%." + precision + "f");
            case 'e' -> number(value, "%." + precision + "e");
            case 'b' ->
                switch (value) {
                    case Boolean truth -> truth ? "1" : "0";
                    case Long number -> Long.toString(number, 2);
                    default -> throw wrong("integers and bools", value);
                };
            case 'o' -> {
                if (value instanceof Long number) {
                    yield Long.toString(number, 8);
                }
                throw wrong("integers", value);
            }
            case 'x' -> hex(value);
            case 'X' -> hex(value).toUpperCase(Locale.ROOT);
            default -> throw new FunctionFailure("unrecognized formatting clause \"" + clause + "\"");
        };
    }

    private static FunctionFailure wrong(String takes, Object value) {
        return new FunctionFailure("only " + takes + " can be formatted this way, was given "
                + value.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    }

    private static String decimal(Object value) {
        return switch (value) {
            case Long number -> number.toString();
            case Double number when number.isNaN() -> "NaN";
            case Double number when number.isInfinite() -> number > 0 ? "Infinity" : "-Infinity";
            case Double number -> text(number);
            default ->
                throw new FunctionFailure("decimal clause can only be used on integers, was given "
                        + value.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        };
    }

    private static String number(Object value, String form) {
        return switch (value) {
            case Double number when number.isNaN() -> "NaN";
            case Double number when number.isInfinite() -> number > 0 ? "Infinity" : "-Infinity";
            case Double number -> String.format(Locale.ROOT, form, number);
            case Long number -> String.format(Locale.ROOT, form, number.doubleValue());
            default -> throw wrong("numbers", value);
        };
    }

    private static String hex(Object value) {
        return switch (value) {
            case Long number -> Long.toString(number, 16);
            case String text -> HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
            case CelByteString bytes -> HexFormat.of().formatHex(bytes.toByteArray());
            default -> throw wrong("integers, strings and bytes", value);
        };
    }

    private static String text(Object value) {
        return switch (value) {
            case String text -> text;
            case NullValue _ -> "null";
            case CelByteString bytes -> new String(bytes.toByteArray(), StandardCharsets.UTF_8);
            case Double number ->
                number == Math.rint(number) && Math.abs(number) < 1e21
                        ? Long.toString(number.longValue())
                        : number.toString();
            case Duration duration ->
                duration.getNano() == 0 ? duration.getSeconds() + "s" : (duration.toNanos() / 1e9) + "s";
            case Instant time -> ApiTime.format(time);
            case List<?> list -> list.stream().map(TextTemplate::text).collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> text(entry.getKey()) + ": " + text(entry.getValue()))
                        .sorted()
                        .collect(Collectors.joining(", ", "{", "}"));
            default -> value.toString();
        };
    }
}
