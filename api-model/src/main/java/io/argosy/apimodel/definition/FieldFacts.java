package io.argosy.apimodel.definition;

import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the published artifacts do not say of a field of a built-in type. In the files: {@code map: [name]},
 * {@code list: set}, {@code merge: name}, {@code retainKeys}, {@code atomic}, {@code granular}, {@code struct},
 * {@code pointer}, {@code published: TCP}, {@code default: 1}, {@code ifZero: TCP}, {@code when: {type: X}}, where the empty text stands for an absent one.
 *
 * @param listType {@code x-kubernetes-list-type}; empty when the field has none
 * @param mapKeys the keys of a {@link ListSchema.Type#MAP} list
 * @param merges a strategic merge patch merges the list or object
 * @param mergeKey the field that names an item of a merged list, or empty
 * @param retainKeys a strategic merge patch of this object names the keys to keep
 * @param mapType {@code x-kubernetes-map-type}: {@code atomic}, {@code granular} or empty
 * @param struct an object that is always there, and written, when empty, as {@code {}}
 * @param pointer a required scalar for which OpenAPI tells no zero as default
 * @param published the default that OpenAPI tells, where it is not the zero of a required scalar
 * @param defaulting how an absent value is filled
 */
public record FieldFacts(
        Optional<ListSchema.Type> listType,
        List<String> mapKeys,
        boolean merges,
        String mergeKey,
        boolean retainKeys,
        String mapType,
        boolean struct,
        boolean pointer,
        Optional<Value> published,
        Optional<Defaulting> defaulting) {

    public static final FieldFacts NONE = read(new ObjectValue());

    /**
     * A default.
     *
     * @param value put in place of an absent value; copied before use
     * @param zeroToo put in place of an empty string and of the number zero, too
     * @param when other fields of the object that must have one of these values; a field without values must be there
     */
    public record Defaulting(Value value, boolean zeroToo, Map<String, List<String>> when) {}

    static FieldFacts read(ObjectValue facts) {
        Optional<ListSchema.Type> type = facts.has("map")
                ? Optional.of(ListSchema.Type.MAP)
                : facts.string("list").map(list -> list.equals("set") ? ListSchema.Type.SET : ListSchema.Type.ATOMIC);
        String mapType = facts.isTrue("atomic") ? "atomic" : facts.isTrue("granular") ? "granular" : "";
        return new FieldFacts(
                type,
                facts.array("map").map(keys -> keys.strings().toList()).orElse(List.of()),
                facts.has("merge"),
                facts.string("merge").orElse(""),
                facts.isTrue("retainKeys"),
                mapType,
                facts.isTrue("struct"),
                facts.isTrue("pointer"),
                facts.at("published"),
                defaulting(facts));
    }

    private static Optional<Defaulting> defaulting(ObjectValue facts) {
        boolean zeroToo = facts.has("ifZero");
        return facts.at(zeroToo ? "ifZero" : "default").map(value -> new Defaulting(value, zeroToo, conditions(facts)));
    }

    private static Map<String, List<String>> conditions(ObjectValue facts) {
        return facts.object("when")
                .map(when -> when.fields().entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> values(entry.getValue()))))
                .orElse(Map.of());
    }

    private static List<String> values(Value allowed) {
        return switch (allowed) {
            case StringValue text -> List.of(text.value());
            case ArrayValue texts -> texts.strings().toList();
            case BooleanValue _ -> List.of();
            default -> throw new IllegalStateException("not a condition: " + allowed);
        };
    }
}
