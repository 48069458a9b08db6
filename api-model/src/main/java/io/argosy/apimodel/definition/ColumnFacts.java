package io.argosy.apimodel.definition;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.util.List;
import java.util.stream.StreamSupport;

/** Reads the columns of a resource; the columns that most have are named by their names alone. */
final class ColumnFacts {

    private static final ColumnDefinition NAME =
            new ColumnDefinition("Name", "string", "name", ".metadata.name", 0, ".metadata.name");
    private static final ColumnDefinition AGE = new ColumnDefinition(
            "Age", "string", "", ".metadata.creationTimestamp", 0, "@age .metadata.creationTimestamp");
    private static final ColumnDefinition CREATED_AT = new ColumnDefinition(
            "Created At", "date", "", ".metadata.creationTimestamp", 0, ".metadata.creationTimestamp");
    private static final List<ColumnDefinition> ONLY_CREATED_AT = List.of(NAME, CREATED_AT);

    private ColumnFacts() {}

    static List<ColumnDefinition> columns(ArrayValue declared) {
        return declared.isEmpty()
                ? ONLY_CREATED_AT
                : StreamSupport.stream(declared.spliterator(), false)
                        .map(ColumnFacts::column)
                        .toList();
    }

    private static ColumnDefinition column(Value declared) {
        return switch (declared) {
            case StringValue name -> named(name.value());
            case ObjectValue facts -> {
                String of = facts.string("of").orElseThrow();
                yield new ColumnDefinition(
                        facts.string("name").orElseThrow(),
                        facts.string("type").orElse("string"),
                        facts.string("format").orElse(""),
                        facts.string("description")
                                .or(() -> facts.string("as"))
                                .orElseGet(() -> of.startsWith(".") ? of.split("\\|", 2)[0] : ""),
                        facts.isTrue("wide") ? 1 : 0,
                        of);
            }
            default -> throw new IllegalStateException("not a column: " + declared);
        };
    }

    private static ColumnDefinition named(String name) {
        return switch (name) {
            case "Name" -> NAME;
            case "Age" -> AGE;
            case "Created At" -> CREATED_AT;
            default -> throw new IllegalStateException("not a column that every resource can have: " + name);
        };
    }
}
