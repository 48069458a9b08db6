package io.argosy.apiserver.crd.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.apimodel.codec.ParseNotes;
import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.structural.StructuralSchema;
import io.argosy.apimodel.schema.structural.StructuralValidation;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomSchemaTest {

    private static final ObjectSchema SCHEMA = StructuralSchema.load(yaml("""
            type: object
            properties:
              spec:
                type: object
                required: [color]
                properties:
                  color: {type: string, enum: [red, green]}
                  replicas: {type: integer, minimum: 1, default: 1}
                  name: {type: string, maxLength: 3, pattern: '^a*$'}
                  list: {type: array, maxItems: 1, items: {type: string}}
                  set: {type: array, x-kubernetes-list-type: set, items: {type: string}}
                  any: {x-kubernetes-preserve-unknown-fields: true}
                  port: {x-kubernetes-int-or-string: true}
                  ratio: {type: number, exclusiveMaximum: true, maximum: 2}
                  either: {type: object, properties: {a: {type: string}, b: {type: string}}, oneOf: [{required: [a]}, {required: [b]}]}
            """));

    private static ObjectValue yaml(String text) {
        return (ObjectValue) YamlReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {color: red}                      | ''
            {color: blue}                     | spec.color: Unsupported value: "blue": supported values: "red", "green"
            {}                                | spec.color: Required value
            {color: red, replicas: 0}         | spec.replicas: Invalid value: 0: spec.replicas in body should be greater than or equal to 1
            {color: red, replicas: x}         | spec.replicas: Invalid value: "string": spec.replicas in body must be of type integer: "string"
            {color: red, name: aaaa}          | spec.name: Too long: may not be more than 3 bytes
            {color: red, name: b}             | spec.name: Invalid value: "b": spec.name in body should match '^a*$'
            {color: red, list: [a,b]}         | spec.list: Too many: 2: must have at most 1 item
            {color: red, set: [a,a]}          | spec.set[1]: Duplicate value: "a"
            {color: red, port: true}          | spec.port: Invalid value: "boolean": spec.port in body must be of type integer,string: "boolean"
            {color: red, ratio: 2}            | spec.ratio: Invalid value: 2: spec.ratio in body should be less than 2
            """)
    void tellsWhatIsWrong(String spec, String expected) {
        ObjectValue object = yaml("spec: " + spec);
        assertEquals(
                expected,
                StructuralValidation.validate(object, SCHEMA).stream()
                        .map(FieldError::toString)
                        .collect(Collectors.joining("; ")));
    }

    @Test
    void prunesAndFills() {
        ObjectValue object = yaml("""
                apiVersion: example.com/v1
                kind: Widget
                metadata: {name: w, wrong: 1}
                other: 1
                spec: {color: red, unknown: {}, any: {free: [1]}, list: [], replicas: null}
                """);
        ParseNotes notes = new ParseNotes();
        CustomTrees.prune(object, SCHEMA, notes);
        CustomTrees.fill(object, SCHEMA);
        assertEquals(yaml("""
                apiVersion: example.com/v1
                kind: Widget
                metadata: {name: w}
                spec: {color: red, any: {free: [1]}, list: [], replicas: 1}
                """), object);
        assertEquals(
                List.of(
                        "unknown field \"metadata.wrong\"",
                        "unknown field \"other\"",
                        "unknown field \"spec.unknown\""),
                notes.texts().stream().sorted().toList());
    }
}
