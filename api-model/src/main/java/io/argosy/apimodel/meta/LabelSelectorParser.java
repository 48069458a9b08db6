package io.argosy.apimodel.meta;

import io.argosy.apimodel.meta.LabelRequirement.Operator;
import io.argosy.apimodel.status.ApiException;
import java.util.ArrayList;
import java.util.List;

/** Reads the text form of a label selector: a list of requirements with commas, each of which may be set-based. */
final class LabelSelectorParser {

    private static final String SYMBOLS = "=!(),><";
    private static final List<String> TOKENS = List.of(")", ",", "!", "==", "=", ">", "<", "!=", "(");

    private final String text;
    private int at;
    private Token token;

    private enum Kind {
        WORD,
        SYMBOL,
        END
    }

    private record Token(Kind kind, String text) {
        boolean is(String symbol) {
            return kind == Kind.SYMBOL && text.equals(symbol);
        }

        boolean word() {
            return kind == Kind.WORD;
        }
    }

    LabelSelectorParser(String text) {
        this.text = text;
        this.token = scan();
    }

    List<LabelRequirement> parse() {
        List<LabelRequirement> requirements = new ArrayList<>();
        while (token.kind() != Kind.END) {
            if (!token.word() && !token.is("!")) {
                throw found(token, "expected: !, identifier, or 'end of string'");
            }
            try {
                requirements.add(requirement());
            } catch (ApiException e) {
                throw ApiException.badRequest("unable to parse requirement: " + e.message());
            }
            Token after = take();
            if (after.kind() == Kind.END) {
                break;
            }
            if (!after.is(",")) {
                throw found(after, "expected: ',' or 'end of string'");
            }
            if (!token.word() && !token.is("!")) {
                throw found(token, "expected: identifier after ','");
            }
        }
        return requirements;
    }

    private LabelRequirement requirement() {
        boolean not = token.is("!");
        if (not) {
            take();
        }
        Token key = take();
        if (!key.word()) {
            throw found(key, "expected: identifier");
        }
        LabelRequirement.requireKey("<nil>", key.text());
        if (not) {
            return LabelRequirement.checked(key.text(), Operator.DOES_NOT_EXIST, List.of());
        }
        if (token.kind() == Kind.END || token.is(",")) {
            return LabelRequirement.checked(key.text(), Operator.EXISTS, List.of());
        }
        Operator operator = operator(take());
        List<String> values = operator == Operator.IN || operator == Operator.NOT_IN ? values() : List.of(exactValue());
        return LabelRequirement.checked(key.text(), operator, values);
    }

    private static Operator operator(Token token) {
        return switch (token.text()) {
            case "in" -> Operator.IN;
            case "notin" -> Operator.NOT_IN;
            case "=" -> Operator.EQUALS;
            case "==" -> Operator.DOUBLE_EQUALS;
            case "!=" -> Operator.NOT_EQUALS;
            case ">" -> Operator.GREATER_THAN;
            case "<" -> Operator.LESS_THAN;
            default -> throw found(token, "expected: in, notin, =, ==, !=, gt, lt");
        };
    }

    private String exactValue() {
        if (token.kind() == Kind.END || token.is(",")) {
            return "";
        }
        Token value = take();
        if (!value.word()) {
            throw found(value, "expected: identifier");
        }
        return value.text();
    }

    private List<String> values() {
        Token open = take();
        if (!open.is("(")) {
            throw ApiException.badRequest("found '" + open.text() + "' expected: '('");
        }
        if (token.is(")")) {
            take();
            return List.of("");
        }
        if (!token.word() && !token.is(",")) {
            throw found(token, "expected: ',', ')' or identifier");
        }
        List<String> values = new ArrayList<>();
        String value = "";
        while (true) {
            Token next = take();
            if (next.word() && value.isEmpty()) {
                value = next.text();
                if (!token.is(",") && !token.is(")")) {
                    throw found(token, "expected: ',' or ')'");
                }
            } else if (next.is(",") || next.is(")")) {
                values.add(value);
                value = "";
                if (next.is(")")) {
                    return values;
                }
            } else {
                throw found(next, "expected: ',', or identifier");
            }
        }
    }

    private static ApiException found(Token token, String expected) {
        return ApiException.badRequest("found '" + token.text() + "', " + expected);
    }

    private Token take() {
        Token taken = token;
        token = scan();
        return taken;
    }

    private Token scan() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        if (at >= text.length()) {
            return new Token(Kind.END, "");
        }
        int start = at;
        if (SYMBOLS.indexOf(text.charAt(at)) >= 0) {
            at++;
            if (at < text.length() && TOKENS.contains(text.substring(start, at + 1))) {
                at++;
            }
            return new Token(Kind.SYMBOL, text.substring(start, at));
        }
        while (at < text.length() && !isSpace(text.charAt(at)) && SYMBOLS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return new Token(Kind.WORD, text.substring(start, at));
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
