package io.argosy.apimodel.meta;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which labels are meant: all requirements must hold. See the Kubernetes page "Labels and Selectors". */
public final class LabelSelector {

    private static final LabelSelector EVERYTHING = new LabelSelector(List.of(), false);
    private static final LabelSelector NOTHING = new LabelSelector(List.of(), true);

    private final List<LabelRequirement> requirements;
    private final boolean nothing;

    private LabelSelector(List<LabelRequirement> requirements, boolean nothing) {
        this.requirements = requirements;
        this.nothing = nothing;
    }

    public static LabelSelector everything() {
        return EVERYTHING;
    }

    public static LabelSelector nothing() {
        return NOTHING;
    }

    public static LabelSelector of(List<LabelRequirement> requirements) {
        return requirements.isEmpty()
                ? EVERYTHING
                : new LabelSelector(
                        requirements.stream()
                                .sorted(Comparator.comparing(LabelRequirement::key))
                                .toList(),
                        false);
    }

    /** The labels must be among those of the object; not checked, as they come from stored objects. */
    public static LabelSelector ofLabels(Map<String, String> labels) {
        List<LabelRequirement> all = new ArrayList<>();
        labels.forEach(
                (key, value) -> all.add(new LabelRequirement(key, LabelRequirement.Operator.EQUALS, List.of(value))));
        return of(all);
    }

    /**
     * Reads the text form: {@code app=web,tier in (a, b),!legacy}.
     *
     * @throws ApiException 400, when it is none
     */
    public static LabelSelector parse(String text) {
        return of(new LabelSelectorParser(text).parse());
    }

    /**
     * Reads the typed form with {@code matchLabels} and {@code matchExpressions}; an empty one selects everything.
     *
     * @throws ApiException 400, when an operator, key or value is wrong
     */
    public static LabelSelector of(ObjectValue selector) {
        List<LabelRequirement> all = new ArrayList<>();
        selector.object("matchLabels").ifPresent(labels -> {
            for (Map.Entry<String, Value> label : labels.fields().entrySet()) {
                String value = label.getValue() instanceof StringValue text ? text.value() : "";
                all.add(LabelRequirement.checked(label.getKey(), LabelRequirement.Operator.EQUALS, List.of(value)));
            }
        });
        selector.array("matchExpressions")
                .ifPresent(list -> list.objects().forEach(expression -> all.add(expression(expression))));
        return of(all);
    }

    /** As {@link #of(ObjectValue)}; an absent selector selects nothing. */
    public static LabelSelector of(Optional<ObjectValue> selector) {
        return selector.map(LabelSelector::of).orElse(NOTHING);
    }

    private static LabelRequirement expression(ObjectValue expression) {
        String name = expression.string("operator").orElse("");
        LabelRequirement.Operator operator = switch (name) {
            case "In" -> LabelRequirement.Operator.IN;
            case "NotIn" -> LabelRequirement.Operator.NOT_IN;
            case "Exists" -> LabelRequirement.Operator.EXISTS;
            case "DoesNotExist" -> LabelRequirement.Operator.DOES_NOT_EXIST;
            default -> throw ApiException.badRequest("\"" + name + "\" is not a valid label selector operator");
        };
        List<String> values =
                expression.array("values").map(list -> list.strings().toList()).orElse(List.of());
        return LabelRequirement.checked(expression.string("key").orElse(""), operator, values);
    }

    public boolean matches(Map<String, String> labels) {
        if (nothing) {
            return false;
        }
        for (LabelRequirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    public boolean isEverything() {
        return !nothing && requirements.isEmpty();
    }

    public boolean isNothing() {
        return nothing;
    }

    /** Sorted by key. */
    public List<LabelRequirement> requirements() {
        return requirements;
    }

    /** The one value that a label must have; empty when the selector allows several or none. */
    public Optional<String> requiredValue(String key) {
        for (LabelRequirement requirement : requirements) {
            if (requirement.key().equals(key)) {
                return switch (requirement.operator()) {
                    case EQUALS, DOUBLE_EQUALS, IN ->
                        requirement.values().size() == 1
                                ? Optional.of(requirement.values().getFirst())
                                : Optional.empty();
                    default -> Optional.empty();
                };
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LabelSelector that && nothing == that.nothing && requirements.equals(that.requirements);
    }

    @Override
    public int hashCode() {
        return requirements.hashCode() * 31 + Boolean.hashCode(nothing);
    }

    /** The text form; empty for everything and for nothing. */
    @Override
    public String toString() {
        return requirements.stream().map(LabelRequirement::toString).collect(Collectors.joining(","));
    }
}
