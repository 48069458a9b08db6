package io.argosy.apiserver.crd;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.argosy.apimodel.schema.structural.StructuralSchema;
import io.argosy.apimodel.schema.structural.StructuralValidation;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.List;
import java.util.Set;

/** What the schema of a custom resource must keep to be structural. */
final class SchemaRules {

    private static final Set<String> TYPES = Set.of("array", "boolean", "integer", "number", "object", "string");
    private static final int MAX_DEPTH = 200;

    private final List<FieldError> errors;

    SchemaRules(List<FieldError> errors) {
        this.errors = errors;
    }

    void check(ObjectValue schema, FieldPath path, boolean root) {
        check(schema, path, root, 0);
    }

    private void check(ObjectValue schema, FieldPath path, boolean root, int depth) {
        if (depth > MAX_DEPTH) {
            errors.add(FieldError.forbidden(path, "schema is nested too deeply"));
            return;
        }
        checkType(schema, path, root);
        checkExtensions(schema, path, root);
        checkPattern(schema, path);
        checkDefault(schema, path, root);
        if (schema.has("$ref")) {
            errors.add(FieldError.forbidden(path.child("$ref"), "$ref is not supported"));
        }
        if (schema.isTrue("uniqueItems")) {
            errors.add(FieldError.forbidden(
                    path.child("uniqueItems"),
                    "uniqueItems cannot be set to true since the runtime complexity becomes quadratic"));
        }
        schema.object("properties")
                .ifPresent(properties -> properties.fields().forEach((name, value) -> {
                    if (value instanceof ObjectValue property
                            && !(root
                                    && Set.of("metadata", "apiVersion", "kind").contains(name))) {
                        check(property, path.child("properties").key(name), false, depth + 1);
                    }
                }));
        schema.object("items").ifPresent(items -> check(items, path.child("items"), false, depth + 1));
        schema.object("additionalProperties").ifPresent(values -> {
            if (schema.object("properties")
                    .map(properties -> !properties.isEmpty())
                    .orElse(false)) {
                errors.add(FieldError.forbidden(
                        path.child("additionalProperties"),
                        "additionalProperties and properties are mutual exclusive"));
            }
            check(values, path.child("additionalProperties"), false, depth + 1);
        });
    }

    private void checkType(ObjectValue schema, FieldPath path, boolean root) {
        String type = schema.string("type").orElse("");
        boolean free =
                schema.isTrue("x-kubernetes-int-or-string") || schema.isTrue("x-kubernetes-preserve-unknown-fields");
        if (type.isEmpty()) {
            if (!free && !root) {
                String where = path.text().endsWith(".items")
                        ? "must not be empty for specified array items"
                        : "must not be empty for specified object fields";
                errors.add(FieldError.required(path.child("type"), where));
            }
        } else if (!TYPES.contains(type)) {
            errors.add(FieldError.notSupported(
                    path.child("type"), Value.of(type), TYPES.stream().sorted().toList()));
        } else if (type.equals("array") && schema.object("items").isEmpty()) {
            errors.add(FieldError.required(path.child("items"), "must be specified"));
        }
    }

    private void checkExtensions(ObjectValue schema, FieldPath path, boolean root) {
        if (root && schema.isTrue("x-kubernetes-embedded-resource")) {
            errors.add(
                    FieldError.forbidden(path.child("x-kubernetes-embedded-resource"), "must not be used at the root"));
        }
        String list = schema.string("x-kubernetes-list-type").orElse("");
        if (!list.isEmpty() && !Set.of("atomic", "set", "map").contains(list)) {
            errors.add(FieldError.notSupported(
                    path.child("x-kubernetes-list-type"), Value.of(list), List.of("atomic", "map", "set")));
        }
        boolean keyed = schema.array("x-kubernetes-list-map-keys")
                .map(keys -> !keys.isEmpty())
                .orElse(false);
        if (list.equals("map") && !keyed) {
            errors.add(FieldError.required(
                    path.child("x-kubernetes-list-map-keys"), "must not be empty if x-kubernetes-list-type is map"));
        }
        if (!list.equals("map") && keyed) {
            errors.add(FieldError.required(
                    path.child("x-kubernetes-list-type"), "must be map if x-kubernetes-list-map-keys is non-empty"));
        }
    }

    private void checkPattern(ObjectValue schema, FieldPath path) {
        schema.string("pattern").filter(pattern -> !pattern.isEmpty()).ifPresent(pattern -> {
            try {
                Pattern.compile(pattern);
            } catch (PatternSyntaxException e) {
                errors.add(FieldError.invalid(
                        path.child("pattern"),
                        pattern,
                        "must be a valid regular expression, but isn't: " + e.getDescription()));
            }
        });
    }

    private void checkDefault(ObjectValue schema, FieldPath path, boolean root) {
        if (schema.at("default").isEmpty()) {
            return;
        }
        ObjectValue holder =
                new ObjectValue().put("type", "object").put("properties", new ObjectValue().put("value", schema));
        ObjectValue holding =
                new ObjectValue().put("value", schema.at("default").orElseThrow());
        if (root) {
            errors.add(FieldError.forbidden(path.child("default"), "must not be set at the root"));
            return;
        }
        StructuralValidation.validate(holding, StructuralSchema.load(holder)).stream()
                .map(error -> new FieldError(
                        error.type(),
                        new FieldPath(path.child("default").text()
                                + error.path()
                                        .text()
                                        .substring(
                                                Math.min(5, error.path().text().length()))),
                        error.message()))
                .forEach(errors::add);
    }
}
