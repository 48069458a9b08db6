package io.argosy.apimodel.schema;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The published descriptions of types and fields; read when the first is asked for, as only documents need them. */
final class Descriptions {

    private static final class Loaded {
        static final Map<String, String> TEXTS = load();
    }

    private Descriptions() {}

    /** Empty when there is none. */
    static String ofType(String type) {
        return Loaded.TEXTS.getOrDefault(type, "");
    }

    /** Empty when there is none. */
    static String ofField(String type, String field) {
        return Loaded.TEXTS.getOrDefault(type + "#" + field, "");
    }

    private static Map<String, String> load() {
        Map<String, String> texts = new HashMap<>();
        try (InputStream in = Descriptions.class.getResourceAsStream("descriptions.txt")) {
            if (in == null) {
                throw new IllegalStateException("descriptions.txt is not on the class path");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            String type = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                boolean ofType = line.startsWith("# ");
                int start = ofType ? 2 : 0;
                int space = line.indexOf(' ', start);
                String name = line.substring(start, space);
                type = ofType ? name : type;
                texts.put(ofType ? name : type + "#" + name, unescape(line.substring(space + 1)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    private static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                plain.append(text.charAt(i) == 'n' ? '\n' : text.charAt(i));
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
