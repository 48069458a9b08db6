package io.argosy.kubelet.container;

import java.util.Map;
import java.util.function.UnaryOperator;

/** Replaces {@code $(NAME)} in commands, arguments and variables; {@code $$} is a dollar sign. Pure. */
public final class Expansion {

    private Expansion() {}

    /** Unknown names stay as they are written. */
    public static String expand(String text, Map<String, String> variables) {
        return expand(text, name -> variables.getOrDefault(name, "$(" + name + ")"));
    }

    static String expand(String text, UnaryOperator<String> lookup) {
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c != '$' || i + 1 == text.length()) {
                out.append(c);
                i++;
                continue;
            }
            char next = text.charAt(i + 1);
            if (next == '$') {
                out.append('$');
                i += 2;
            } else if (next == '(') {
                int close = text.indexOf(')', i);
                if (close < 0) {
                    out.append("$(");
                    i += 2;
                } else {
                    out.append(lookup.apply(text.substring(i + 2, close)));
                    i = close + 1;
                }
            } else {
                out.append('$').append(next);
                i += 2;
            }
        }
        return out.toString();
    }
}
