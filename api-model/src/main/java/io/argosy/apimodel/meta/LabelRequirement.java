package io.argosy.apimodel.meta;

import io.argosy.apimodel.status.ApiException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One condition on a label.
 *
 * @param values sorted, without duplicates; one for the comparisons, none for the existence operators
 */
public record LabelRequirement(String key, Operator operator, List<String> values) {

    /** How a label is compared. */
    public enum Operator {
        IN("in"),
        NOT_IN("notin"),
        EQUALS("="),
        DOUBLE_EQUALS("=="),
        NOT_EQUALS("!="),
        GREATER_THAN("gt"),
        LESS_THAN("lt"),
        EXISTS("exists"),
        DOES_NOT_EXIST("!");

        private final String text;

        Operator(String text) {
            this.text = text;
        }

        /** As it stands in messages. */
        public String text() {
            return text;
        }
    }

    public LabelRequirement {
        values = values.stream().distinct().sorted().toList();
    }

    /**
     * Checks key and values too.
     *
     * @throws ApiException 400 when the requirement can hold for no label that may exist
     */
    public static LabelRequirement checked(String key, Operator operator, List<String> values) {
        requireKey("key", key);
        String wrong = switch (operator) {
            case IN, NOT_IN -> values.isEmpty() ? "for 'in', 'notin' operators, values set can't be empty" : "";
            case EQUALS, DOUBLE_EQUALS, NOT_EQUALS ->
                values.size() == 1 ? "" : "exact-match compatibility requires one single value";
            case EXISTS, DOES_NOT_EXIST ->
                values.isEmpty() ? "" : "values set must be empty for exists and does not exist";
            case GREATER_THAN, LESS_THAN ->
                values.size() == 1 ? "" : "for 'Gt', 'Lt' operators, exactly one value is required";
        };
        if (!wrong.isEmpty()) {
            throw ApiException.badRequest("values: Invalid value: " + quoted(values) + ": " + wrong);
        }
        for (int i = 0; i < values.size(); i++) {
            requireValue(key, operator, values.get(i), i);
        }
        return new LabelRequirement(key, operator, values);
    }

    static void requireKey(String path, String key) {
        List<String> wrong = Names.qualifiedName(key);
        if (!wrong.isEmpty()) {
            throw ApiException.badRequest(path + ": Invalid value: \"" + key + "\": " + String.join("; ", wrong));
        }
    }

    private static void requireValue(String key, Operator operator, String value, int index) {
        if ((operator == Operator.GREATER_THAN || operator == Operator.LESS_THAN) && !isInteger(value)) {
            throw ApiException.badRequest("values[" + index + "]: Invalid value: \"" + value
                    + "\": for 'Gt', 'Lt' operators, the value must be an integer");
        }
        List<String> wrong = Names.labelValue(value);
        if (!wrong.isEmpty()) {
            throw ApiException.badRequest("values[" + index + "][" + key + "]: Invalid value: \"" + value + "\": "
                    + String.join("; ", wrong));
        }
    }

    private static String quoted(List<String> values) {
        return values.stream().map(value -> "\"" + value + "\"").collect(Collectors.joining(",", "[", "]"));
    }

    private static boolean isInteger(String value) {
        try {
            Long.parseLong(value);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    public boolean matches(Map<String, String> labels) {
        String value = labels.get(key);
        return switch (operator) {
            case IN, EQUALS, DOUBLE_EQUALS -> value != null && values.contains(value);
            case NOT_IN, NOT_EQUALS -> value == null || !values.contains(value);
            case EXISTS -> value != null;
            case DOES_NOT_EXIST -> value == null;
            case GREATER_THAN, LESS_THAN -> value != null && isInteger(value) && compares(Long.parseLong(value));
        };
    }

    private boolean compares(long value) {
        long bound = Long.parseLong(values.getFirst());
        return operator == Operator.GREATER_THAN ? value > bound : value < bound;
    }

    /** The text that is read back as this requirement. */
    @Override
    public String toString() {
        String list = String.join(",", values);
        return switch (operator) {
            case EXISTS -> key;
            case DOES_NOT_EXIST -> "!" + key;
            case IN, NOT_IN -> key + " " + operator.text() + " (" + list + ")";
            case GREATER_THAN -> key + ">" + list;
            case LESS_THAN -> key + "<" + list;
            default -> key + operator.text() + list;
        };
    }
}
