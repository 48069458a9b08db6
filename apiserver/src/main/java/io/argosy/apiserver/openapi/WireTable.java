package io.argosy.apiserver.openapi;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The protobuf messages of one version of OpenAPI, read from a table of the format that stands on top of it. */
record WireTable(Map<String, List<Slot>> messages) {

    static final WireTable V2 = load("v2.wire");
    static final WireTable V3 = load("v3.wire");

    private static final String REPEATED = "[]";

    WireTable {
        messages = Map.copyOf(messages);
    }

    /** How a value is written. */
    sealed interface Form {
        enum Scalar implements Form {
            STRING,
            BOOL,
            INT,
            DOUBLE
        }

        /** Any JSON value, as a line of YAML. */
        record Anything() implements Form {}

        record Message(String name) implements Form {}
    }

    /** What of a JSON value goes into a field of its message. */
    sealed interface Source {
        record Named(String field) implements Source {}

        /** Fields whose names begin with x-, as pairs of name and value. */
        record Extensions() implements Source {}

        /** All fields that no other slot takes, as pairs of name and value. */
        record Others() implements Source {}

        /** The value itself, when the condition holds; of several such slots the first one counts. */
        record Itself(Condition when) implements Source {}
    }

    sealed interface Condition {
        record Always() implements Condition {}

        record IsA(Form.Scalar scalar) implements Condition {}

        record Has(String field) implements Condition {}

        record Says(String field, String text) implements Condition {}
    }

    /** One field of a message. */
    record Slot(Source source, int number, Form form, boolean repeated) {}

    List<Slot> message(String name) {
        return Optional.ofNullable(messages.get(name))
                .orElseThrow(() -> new IllegalStateException("no message " + name));
    }

    private static WireTable load(String resource) {
        try (InputStream in = WireTable.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return parse(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static WireTable parse(List<String> lines) {
        Map<String, List<Slot>> messages = new HashMap<>();
        List<Slot> slots = new ArrayList<>();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith(" ")) {
                slots.add(slot(line.strip().split(" ")));
            } else {
                slots = new ArrayList<>();
                messages.put(line.strip(), slots);
            }
        }
        return new WireTable(messages);
    }

    private static Slot slot(String[] words) {
        boolean repeated = words[2].endsWith(REPEATED);
        String form = repeated ? words[2].substring(0, words[2].length() - REPEATED.length()) : words[2];
        return new Slot(source(words[0]), Integer.parseInt(words[1]), form(form), repeated);
    }

    private static Form form(String word) {
        return switch (word) {
            case "string" -> Form.Scalar.STRING;
            case "bool" -> Form.Scalar.BOOL;
            case "int" -> Form.Scalar.INT;
            case "double" -> Form.Scalar.DOUBLE;
            case "any" -> new Form.Anything();
            default -> new Form.Message(word);
        };
    }

    private static Source source(String word) {
        if (word.equals("x-*")) {
            return new Source.Extensions();
        }
        if (word.equals("*")) {
            return new Source.Others();
        }
        return word.startsWith(".") ? new Source.Itself(condition(word.substring(1))) : new Source.Named(word);
    }

    private static Condition condition(String word) {
        if (word.startsWith("has:")) {
            return new Condition.Has(word.substring("has:".length()));
        }
        int equal = word.indexOf('=');
        if (equal > 0) {
            return new Condition.Says(word.substring(0, equal), word.substring(equal + 1));
        }
        return switch (word) {
            case "" -> new Condition.Always();
            case "boolean" -> new Condition.IsA(Form.Scalar.BOOL);
            case "number" -> new Condition.IsA(Form.Scalar.DOUBLE);
            case "string" -> new Condition.IsA(Form.Scalar.STRING);
            default -> throw new IllegalStateException("no condition " + word);
        };
    }
}
