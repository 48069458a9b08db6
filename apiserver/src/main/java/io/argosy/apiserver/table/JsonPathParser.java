package io.argosy.apiserver.table;

import io.argosy.apimodel.tree.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a {@link JsonPath}. */
final class JsonPathParser {

    private static final Pattern SLICE = Pattern.compile("(-?\\d{1,9})?(?::(-?\\d{1,9})?(?::(\\d{1,9})?)?)?");
    private static final List<String> OPERATORS = List.of("==", "!=", "<=", ">=", "<", ">");

    private final String text;
    private int at;

    JsonPathParser(String text) {
        this.text = text.strip();
    }

    JsonPath path() {
        if (text.startsWith("$") || text.startsWith("@")) {
            at = 1;
        }
        List<JsonPath.Step> steps = new ArrayList<>();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '.') {
                dot(steps);
            } else if (c == '[') {
                steps.add(bracket());
            } else {
                throw fault("unexpected " + c);
            }
        }
        return new JsonPath(steps);
    }

    private void dot(List<JsonPath.Step> steps) {
        at++;
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            steps.add(new JsonPath.Step.Descent());
        }
        if (at == text.length() || text.charAt(at) == '[') {
            return;
        }
        String name = name();
        if (name.equals("*")) {
            steps.add(new JsonPath.Step.All());
        } else if (name.isEmpty()) {
            throw fault("a name is missing");
        } else {
            steps.add(new JsonPath.Step.Name(name));
        }
    }

    private String name() {
        StringBuilder name = new StringBuilder();
        while (at < text.length() && ".[".indexOf(text.charAt(at)) < 0) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            name.append(text.charAt(at++));
        }
        return name.toString();
    }

    private JsonPath.Step bracket() {
        int end = closing();
        String inside = text.substring(at + 1, end).strip();
        at = end + 1;
        if (inside.startsWith("?(") && inside.endsWith(")")) {
            return new JsonPath.Step.Filter(filter(inside.substring(2, inside.length() - 1)));
        }
        List<JsonPath.Step> parts =
                split(inside, ',').stream().map(part -> part(part.strip())).toList();
        return parts.size() == 1 ? parts.getFirst() : new JsonPath.Step.Union(parts);
    }

    /** The bracket that closes the one at hand, past quotes and inner brackets. */
    private int closing() {
        int depth = 0;
        char quote = 0;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '[') {
                depth++;
            } else if (c == ']' && --depth == 0) {
                return i;
            }
        }
        throw fault("a bracket is not closed");
    }

    private JsonPath.Step part(String part) {
        if (part.equals("*")) {
            return new JsonPath.Step.All();
        }
        if (isQuoted(part)) {
            return new JsonPath.Step.Name(part.substring(1, part.length() - 1));
        }
        Matcher slice = SLICE.matcher(part);
        if (part.isEmpty() || !slice.matches()) {
            throw fault("invalid index " + part);
        }
        if (!part.contains(":")) {
            return new JsonPath.Step.Index(Integer.parseInt(part));
        }
        int by = number(slice.group(3)).orElse(1);
        if (by <= 0) {
            throw fault("a slice must go forward");
        }
        return new JsonPath.Step.Slice(number(slice.group(1)), number(slice.group(2)), by);
    }

    private static Optional<Integer> number(@Nullable String digits) {
        return digits == null || digits.isEmpty() ? Optional.empty() : Optional.of(Integer.parseInt(digits));
    }

    private static boolean isQuoted(String part) {
        return part.length() >= 2
                && (part.charAt(0) == '\'' || part.charAt(0) == '"')
                && part.charAt(part.length() - 1) == part.charAt(0);
    }

    private JsonPathFilter filter(String condition) {
        for (int i = 0; i < condition.length(); i++) {
            char c = condition.charAt(i);
            if (c == '"' || c == '\'') {
                i = condition.indexOf(c, i + 1);
                if (i < 0) {
                    throw fault("a quote is not closed");
                }
                continue;
            }
            for (String operator : OPERATORS) {
                if (condition.startsWith(operator, i)) {
                    return new JsonPathFilter(
                            operand(condition.substring(0, i)),
                            operator,
                            operand(condition.substring(i + operator.length())));
                }
            }
        }
        JsonPathFilter.Operand only = operand(condition);
        return new JsonPathFilter(only, "exists", only);
    }

    private JsonPathFilter.Operand operand(String written) {
        String operand = written.strip();
        if (operand.startsWith("@") || operand.startsWith("$")) {
            return new JsonPathFilter.Operand.Path(JsonPath.parse(operand));
        }
        if (isQuoted(operand)) {
            return new JsonPathFilter.Operand.Literal(Value.of(operand.substring(1, operand.length() - 1)));
        }
        if (operand.equals("true") || operand.equals("false")) {
            return new JsonPathFilter.Operand.Literal(Value.of(Boolean.parseBoolean(operand)));
        }
        try {
            return new JsonPathFilter.Operand.Literal(
                    operand.matches("-?\\d+")
                            ? Value.of(Long.parseLong(operand))
                            : Value.of(Double.parseDouble(operand)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("invalid operand " + operand + " in " + text, e);
        }
    }

    /** Splits at a character outside of quotes. */
    private static List<String> split(String list, char separator) {
        List<String> parts = new ArrayList<>();
        char quote = 0;
        int start = 0;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == separator) {
                parts.add(list.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(list.substring(start));
        return parts;
    }

    private IllegalArgumentException fault(String what) {
        return new IllegalArgumentException("invalid path " + text + ": " + what);
    }
}
