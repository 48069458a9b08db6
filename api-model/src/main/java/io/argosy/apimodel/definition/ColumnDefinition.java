package io.argosy.apimodel.definition;

/**
 * A column of the Table form.
 *
 * <p>What stands in its cells, {@code of}, is one of
 *
 * <ul>
 *   <li>in custom resources, a JSONPath: {@code .spec.replicas};
 *   <li>a path, with what to show when nothing is there: {@code .spec.nodeName|<none>};
 *   <li>a text with paths in braces: <code>{.status.readyReplicas}/{.spec.replicas}</code>;
 *   <li>a cell function and its arguments: {@code @count .data .binaryData}.
 * </ul>
 *
 * @param type string, integer, number, boolean or date
 * @param format {@code name} or empty
 * @param description a text, or the path of the field that has it, with a leading dot
 * @param priority 0 is shown always, more only with {@code -o wide}
 */
public record ColumnDefinition(String name, String type, String format, String description, int priority, String of) {}
