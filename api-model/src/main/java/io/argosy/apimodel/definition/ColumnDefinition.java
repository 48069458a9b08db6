package io.argosy.apimodel.definition;

/**
 * A column of the Table form.
 *
 * @param type string, integer, number, boolean or date
 * @param format {@code name} or empty
 * @param priority 0 is shown always, more only with {@code -o wide}
 * @param of a JSONPath, a text with JSONPaths in braces, or the name of a cell function after {@code @}
 */
public record ColumnDefinition(String name, String type, String format, String description, int priority, String of) {}
