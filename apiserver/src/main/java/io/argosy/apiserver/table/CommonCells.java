package io.argosy.apiserver.table;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.quantity.Quantity;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Cells that several kinds have. */
final class CommonCells {

    private static final String NONE = "<none>";

    private CommonCells() {}

    static Map<String, CellFunction> functions() {
        return Map.ofEntries(
                Map.entry("age", CommonCells::age),
                Map.entry("ageOr", CommonCells::ageOr),
                Map.entry("count", CommonCells::count),
                Map.entry("join", CommonCells::join),
                Map.entry("labels", CommonCells::labels),
                Map.entry("selector", arguments -> selector(arguments, NONE)),
                Map.entry("requirements", arguments -> selector(arguments, "")),
                Map.entry("number", CommonCells::number),
                Map.entry("boolean", CommonCells::bool),
                Map.entry("truth", CommonCells::truth),
                Map.entry("quantity", CommonCells::quantity),
                Map.entry("phase", CellFunction.text(CommonCells::phase)));
    }

    private static Cell age(List<String> arguments) {
        CellPath path = CellPath.parse(arguments.getFirst());
        return (object, now) -> Value.of(path.in(object)
                .map(time -> HumanDuration.since(CellPath.text(time), now))
                .orElse(HumanDuration.UNKNOWN));
    }

    /** An age, or the second argument when there is no time. */
    private static Cell ageOr(List<String> arguments) {
        CellPath path = CellPath.parse(arguments.getFirst());
        String otherwise = arguments.size() > 1 ? arguments.get(1) : "";
        return (object, now) -> Value.of(path.in(object)
                .map(time -> HumanDuration.since(CellPath.text(time), now))
                .orElse(otherwise));
    }

    /** How many items or entries there are at all paths together. */
    private static Cell count(List<String> arguments) {
        List<CellPath> paths = arguments.stream().map(CellPath::parse).toList();
        return (object, _) -> Value.of(paths.stream()
                .flatMap(path -> path.in(object).stream())
                .mapToLong(CommonCells::size)
                .sum());
    }

    private static long size(Value value) {
        return switch (value) {
            case ArrayValue array -> array.size();
            case ObjectValue entries -> entries.size();
            default -> 0;
        };
    }

    /** The items of a list, or a field of each, with commas; an argument after a bar stands for nothing. */
    private static Cell join(List<String> arguments) {
        CellPath path = CellPath.parse(arguments.getFirst());
        String second = arguments.size() > 1 ? arguments.get(1) : "|";
        String otherwise = second.startsWith("|") ? second.substring(1) : "";
        String field = second.startsWith("|") ? "" : second;
        return (object, _) -> {
            String joined = StreamSupport.stream(path.array(object).spliterator(), false)
                    .map(item -> item instanceof ObjectValue part
                            ? part.string(field).orElse("")
                            : CellPath.text(item))
                    .collect(Collectors.joining(","));
            return Value.of(joined.isEmpty() ? otherwise : joined);
        };
    }

    /** A map of labels, by key. */
    private static Cell labels(List<String> arguments) {
        CellPath path = CellPath.parse(arguments.getFirst());
        return (object, _) -> Value.of(path.in(object)
                .map(CommonCells::labelText)
                .filter(text -> !text.isEmpty())
                .orElse(NONE));
    }

    private static String labelText(Value labels) {
        TreeMap<String, String> sorted = new TreeMap<>();
        if (labels instanceof ObjectValue entries) {
            entries.fields().forEach((key, value) -> sorted.put(key, CellPath.text(value)));
        }
        return sorted.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }

    /** A label selector; {@code otherwise} stands for one that selects all. */
    private static Cell selector(List<String> arguments, String otherwise) {
        CellPath path = CellPath.parse(arguments.getFirst());
        return (object, _) -> {
            String text = path.in(object)
                    .filter(ObjectValue.class::isInstance)
                    .map(selector -> LabelSelector.of((ObjectValue) selector).toString())
                    .orElse("");
            return Value.of(text.isEmpty() ? otherwise : text);
        };
    }

    /** A number in a column of texts; the second argument, or 0, stands for an absent one. */
    private static Cell number(List<String> arguments) {
        CellPath path = CellPath.parse(arguments.getFirst());
        Value otherwise = arguments.size() > 1 ? Value.of(arguments.get(1)) : Value.of(0);
        return (object, _) -> path.in(object).orElse(otherwise);
    }

    private static Cell bool(List<String> arguments) {
        CellPath path = CellPath.parse(arguments.getFirst());
        return (object, _) -> path.in(object).orElse(BooleanValue.FALSE);
    }

    private static Cell truth(List<String> arguments) {
        CellPath path = CellPath.parse(arguments.getFirst());
        return (object, _) -> Value.of(path.in(object)
                .map(value -> value.equals(BooleanValue.TRUE) ? "True" : "False")
                .orElse("<unset>"));
    }

    private static Cell quantity(List<String> arguments) {
        CellPath path = CellPath.parse(arguments.getFirst());
        return (object, _) -> Value.of(quantity(path.text(object)));
    }

    /** An absent quantity is zero. */
    static String quantity(String text) {
        return Quantity.tryParse(text).map(Quantity::toString).orElse("0");
    }

    /** The phase of an object, or that it is being deleted. */
    private static String phase(ObjectValue object) {
        return object.string("metadata", "deletionTimestamp").isPresent()
                ? "Terminating"
                : object.string("status", "phase").orElse("");
    }
}
