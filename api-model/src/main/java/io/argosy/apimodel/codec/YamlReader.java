package io.argosy.apimodel.codec;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.DoubleValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML document into a tree. Plain scalars mean what they mean in YAML 1.1 ({@code yes}, {@code 0777},
 * {@code ~}), as Kubernetes reads them; fields come out sorted by name. Refuses with 400 documents whose aliases blow up
 * and what is nested deeper than {@value #MAX_DEPTH}.
 */
public final class YamlReader {

    /** The deepest nesting: each level costs stack. */
    public static final int MAX_DEPTH = 1_000;

    private final Iterator<Event> events;
    private final ParseNotes notes;
    private final Map<String, Value> anchors = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private final AliasBudget budget = new AliasBudget();
    private final List<String> repeated = new ArrayList<>();

    private YamlReader(byte[] yaml, ParseNotes notes) {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(Integer.MAX_VALUE)
                .setMaxAliasesForCollections(Integer.MAX_VALUE)
                .setParseComments(false)
                .build();
        this.events = new Parse(settings)
                .parseString(Utf8.decode(yaml, 0, yaml.length))
                .iterator();
        this.notes = notes;
    }

    public static Value read(byte[] yaml) {
        return read(yaml, new ParseNotes());
    }

    /** Notes names that stand twice in one mapping; the last of them wins. An empty document is null. */
    public static Value read(byte[] yaml, ParseNotes notes) {
        YamlReader reader = new YamlReader(yaml, notes);
        try {
            return reader.document();
        } catch (YamlEngineException e) {
            throw ApiException.badRequest("yaml: " + firstLine(e));
        }
    }

    /** In the words of the parser that Kubernetes uses, where they differ. */
    private static String firstLine(YamlEngineException e) {
        String message = e instanceof MarkedYamlEngineException marked
                ? YamlProblems.text(marked)
                : String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private Value document() {
        Value root = NullValue.NULL;
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case Scalar, MappingStart, SequenceStart, Alias -> root = value(event, 1);
                case DocumentEnd -> {
                    tellRepeated();
                    return root;
                }
                default -> {}
            }
        }
        return root;
    }

    private void tellRepeated() {
        if (!repeated.isEmpty()) {
            notes.add("yaml: unmarshal errors:\n  " + String.join("\n  ", repeated));
        }
    }

    private Value value(Event event, int depth) {
        if (depth > MAX_DEPTH) {
            throw ApiException.badRequest("yaml: exceeded max depth of 10000");
        }
        if (event instanceof AliasEvent alias) {
            return alias(alias);
        }
        budget.count(1);
        String anchor = event instanceof NodeEvent node && node.getAnchor().isPresent()
                ? node.getAnchor().get().getValue()
                : "";
        if (!anchor.isEmpty()) {
            open.add(anchor);
        }
        Value value = switch (event.getEventId()) {
            case Scalar -> YamlScalars.value((ScalarEvent) event);
            case SequenceStart -> sequence(depth);
            case MappingStart -> mapping(depth);
            default -> throw ApiException.badRequest("yaml: unexpected document");
        };
        if (!anchor.isEmpty()) {
            open.remove(anchor);
            anchors.put(anchor, value);
        }
        return value;
    }

    private Value alias(AliasEvent event) {
        String name = event.getAlias().getValue();
        if (open.contains(name)) {
            throw ApiException.badRequest("yaml: anchor '" + name + "' value contains itself");
        }
        Value target = anchors.get(name);
        if (target == null) {
            throw ApiException.badRequest("yaml: unknown anchor '" + name + "' referenced");
        }
        budget.alias(size(target));
        return target.copy();
    }

    private static long size(Value value) {
        return switch (value) {
            case ObjectValue object -> {
                long size = 1;
                for (Value field : object.fields().values()) {
                    size += 1 + size(field);
                }
                yield size;
            }
            case ArrayValue array -> {
                long size = 1;
                for (Value item : array) {
                    size += size(item);
                }
                yield size;
            }
            default -> 1;
        };
    }

    private ArrayValue sequence(int depth) {
        ArrayValue array = new ArrayValue();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            array.add(value(event, depth + 1));
        }
        return array;
    }

    private ObjectValue mapping(int depth) {
        TreeMap<String, Value> fields = new TreeMap<>();
        Map<String, Value> merged = new TreeMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            if (event instanceof ScalarEvent key
                    && key.isPlain()
                    && key.getValue().equals("<<")) {
                merge(value(events.next(), depth + 1), merged);
                continue;
            }
            int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
            String name = name(value(event, depth + 1));
            Value value = value(events.next(), depth + 1);
            if (fields.put(name, value) != null && repeated.size() < ParseNotes.LIMIT) {
                repeated.add("line " + line + ": key \"" + name + "\" already set in map");
            }
        }
        merged.forEach(fields::putIfAbsent);
        return new ObjectValue(fields);
    }

    private static void merge(Value source, Map<String, Value> merged) {
        switch (source) {
            case ObjectValue object -> object.fields().forEach(merged::putIfAbsent);
            case ArrayValue array
            when array.objects().count() == array.size() ->
                array.objects().forEach(object -> object.fields().forEach(merged::putIfAbsent));
            default -> throw ApiException.badRequest("yaml: map merge requires map or sequence of maps as the value");
        }
    }

    private static String name(Value key) {
        return switch (key) {
            case StringValue text -> text.value();
            case DoubleValue number -> JsonText.number(number.value());
            case NullValue _, ObjectValue _, ArrayValue _ ->
                throw ApiException.badRequest(
                        "unsupported map key of type: " + (key instanceof NullValue ? "nil" : key.typeName()));
            default -> {
                Sink sink = new Sink(24);
                JsonWriter.write(key, sink);
                yield Utf8.decode(sink.buffer(), 0, sink.size());
            }
        };
    }
}
