package io.argosy.apiserver.table;

import io.argosy.apimodel.definition.ColumnDefinition;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a column of a built-in shows ({@link ColumnDefinition}). */
final class CellExpression {

    private static final Pattern BRACES = Pattern.compile("\\{(\\.[A-Za-z.]+)}");

    private CellExpression() {}

    static Cell parse(ColumnDefinition column) {
        String of = column.of();
        if (of.startsWith("@")) {
            List<String> words = List.of(of.substring(1).split(" "));
            return CellFunctions.find(words.getFirst()).cell(words.subList(1, words.size()));
        }
        if (of.startsWith("{")) {
            return template(of);
        }
        int bar = of.indexOf('|');
        return bar < 0
                ? plain(CellPath.parse(of), zero(column.type()))
                : withDefault(CellPath.parse(of.substring(0, bar)), of.substring(bar + 1), column.type());
    }

    private static Cell plain(CellPath path, Value zero) {
        return (object, _) -> path.in(object).orElse(zero);
    }

    private static Cell withDefault(CellPath path, String otherwise, String type) {
        if (type.equals("boolean")) {
            return plain(path, Value.of(Boolean.parseBoolean(otherwise)));
        }
        return (object, _) -> {
            String text = path.text(object);
            return Value.of(text.isEmpty() ? otherwise : text);
        };
    }

    private static Cell template(String template) {
        return (object, _) -> {
            Matcher braces = BRACES.matcher(template);
            StringBuilder text = new StringBuilder();
            while (braces.find()) {
                String part = CellPath.parse(braces.group(1)).text(object);
                braces.appendReplacement(text, Matcher.quoteReplacement(part.isEmpty() ? "0" : part));
            }
            return new StringValue(braces.appendTail(text).toString());
        };
    }

    private static Value zero(String type) {
        return switch (type) {
            case "integer", "number" -> Value.of(0);
            case "boolean" -> Value.of(false);
            default -> Value.of("");
        };
    }
}
