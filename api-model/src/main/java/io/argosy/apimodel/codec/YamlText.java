package io.argosy.apimodel.codec;

import java.nio.charset.StandardCharsets;

/** Strings as YAML text: plain where that is read back as the same string, else quoted, or literal with several lines. */
final class YamlText {

    private YamlText() {}

    static void key(String name, Sink sink) {
        if (isPlain(name)) {
            raw(name, sink);
        } else {
            quoted(name, sink);
        }
    }

    static void string(String text, int indent, Sink sink) {
        if (text.isEmpty()) {
            sink.ascii("\"\"");
        } else if (text.indexOf('\n') >= 0 && isPrintable(text)) {
            literal(text, indent, sink);
        } else if (isPlain(text)) {
            raw(text, sink);
        } else {
            quoted(text, sink);
        }
    }

    private static void raw(String text, Sink sink) {
        sink.put(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isPlain(String text) {
        if (text.isEmpty() || YamlScalars.isSpecial(text) || isTimestampLike(text)) {
            return false;
        }
        char first = text.charAt(0);
        if ("#,[]{}&*!|>'\"%@`".indexOf(first) >= 0
                || first == ' '
                || text.endsWith(" ")
                || text.startsWith("---")
                || text.startsWith("...")
                || text.equals("<<")
                || text.equals("=")) {
            return false;
        }
        if ("-?:".indexOf(first) >= 0 && (text.length() == 1 || text.charAt(1) == ' ')) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean last = i + 1 == text.length();
            if (!printable(c)
                    || c == '\n'
                    || (c == ':' && (last || text.charAt(i + 1) == ' '))
                    || (c == '#' && i > 0 && text.charAt(i - 1) == ' ')) {
                return false;
            }
        }
        return true;
    }

    /** {@code 2020-01-02} and longer are read as times by YAML 1.1. */
    private static boolean isTimestampLike(String text) {
        return text.length() >= 8
                && Character.isDigit(text.charAt(0))
                && Character.isDigit(text.charAt(3))
                && text.charAt(4) == '-';
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!printable(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean printable(char c) {
        return c == '\n'
                || (c >= 0x20 && c < 0x7f)
                || (c >= 0xa0 && c != 0xfeff && c < 0xfffe && c != 0x2028 && c != 0x2029);
    }

    private static void literal(String text, int indent, Sink sink) {
        sink.put('|');
        if (text.charAt(0) == ' ' || text.charAt(0) == '\n') {
            sink.put('2');
        }
        int trailing = 0;
        while (trailing < text.length() && text.charAt(text.length() - 1 - trailing) == '\n') {
            trailing++;
        }
        if (trailing == 0) {
            sink.put('-');
        } else if (trailing > 1 || trailing == text.length()) {
            sink.put('+');
        }
        String body = trailing == 0 ? text : text.substring(0, text.length() - 1);
        int start = 0;
        while (start <= body.length()) {
            int end = body.indexOf('\n', start);
            String line = body.substring(start, end < 0 ? body.length() : end);
            sink.put('\n');
            if (!line.isEmpty()) {
                YamlWriter.indent(indent, sink);
                raw(line, sink);
            }
            start = end < 0 ? body.length() + 1 : end + 1;
        }
    }

    private static void quoted(String text, Sink sink) {
        if (isPrintable(text) && text.indexOf('\n') < 0 && !YamlScalars.isSpecial(text) && !isTimestampLike(text)) {
            sink.put('\'');
            raw(text.replace("'", "''"), sink);
            sink.put('\'');
            return;
        }
        sink.put('"');
        text.codePoints().forEach(c -> quoted(c, sink));
        sink.put('"');
    }

    private static void quoted(int c, Sink sink) {
        switch (c) {
            case '"' -> sink.ascii("\\\"");
            case '\\' -> sink.ascii("\\\\");
            case '\n' -> sink.ascii("\\n");
            case '\r' -> sink.ascii("\\r");
            case '\t' -> sink.ascii("\\t");
            case 0 -> sink.ascii("\\0");
            case 0x1b -> sink.ascii("\\e");
            default -> {
                if (c > 0xffff || printable((char) c)) {
                    raw(Character.toString(c), sink);
                } else {
                    sink.ascii(c < 0x100 ? String.format("\\x%02X", c) : String.format("\\u%04X", c));
                }
            }
        }
    }
}
