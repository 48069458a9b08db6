package io.argosy.apiserver.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is expected is what Kubernetes publishes for the same definitions. */
final class CustomSchemaWriterTest {

    private static ObjectValue yaml(String text) {
        return (ObjectValue) YamlReader.read(text.getBytes(UTF_8));
    }

    private static ObjectValue field(Dialect dialect, String declared) {
        ObjectValue root = yaml("{type: object, properties: {f: " + declared + "}}");
        return new CustomSchemaWriter(dialect, _ -> {})
                .root(Optional.of(root))
                .object("properties", "f")
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {type: string, default: red, example: red, enum: [red, green]} | {type: string, example: red, enum: [red, green]} | {type: string, default: red, example: red, enum: [red, green]}
            {x-kubernetes-int-or-string: true} | {x-kubernetes-int-or-string: true} | {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}
            {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]} | {x-kubernetes-int-or-string: true} | {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}
            {x-kubernetes-int-or-string: true, anyOf: [{pattern: ^a}, {minimum: 3}]} | {x-kubernetes-int-or-string: true} | {x-kubernetes-int-or-string: true, anyOf: [{pattern: ^a}, {minimum: 3}], allOf: [{anyOf: [{type: integer}, {type: string}]}]}
            {type: object, nullable: true, properties: {a: {type: string}}} | {} | {type: object, nullable: true, properties: {a: {type: string}}}
            {type: object, x-kubernetes-preserve-unknown-fields: true, properties: {a: {type: string}}} | {x-kubernetes-preserve-unknown-fields: true} | {type: object, x-kubernetes-preserve-unknown-fields: true, properties: {a: {type: string}}}
            {type: array, x-kubernetes-preserve-unknown-fields: true, items: {type: object}} | {x-kubernetes-preserve-unknown-fields: true} | {type: array, x-kubernetes-preserve-unknown-fields: true, items: {type: object}}
            {type: object, additionalProperties: {type: string, nullable: true}} | {type: object, additionalProperties: {}} | {type: object, additionalProperties: {type: string, nullable: true}}
            {type: object, additionalProperties: true} | {type: object, additionalProperties: true} | {type: object, additionalProperties: true}
            {type: object, required: [b, a], properties: {a: {type: string, nullable: true}, b: {type: string}}} | {type: object, required: [b], properties: {a: {}, b: {type: string}}} | {type: object, required: [b, a], properties: {a: {type: string, nullable: true}, b: {type: string}}}
            {type: object, oneOf: [{required: [a]}], not: {required: [b]}} | {type: object} | {type: object, oneOf: [{required: [a]}], not: {required: [b]}}
            {type: array, x-kubernetes-list-type: set, items: {type: string, description: text}} | {type: array, x-kubernetes-list-type: set, items: {type: string, description: text}} | {type: array, x-kubernetes-list-type: set, items: {type: string, description: text}}
            {type: integer, exclusiveMinimum: false, title: "", uniqueItems: false, minimum: 0} | {type: integer, minimum: 0} | {type: integer, minimum: 0}
            """)
    void eachDialectTellsWhatItsClientsUnderstand(String declared, String second, String third) {
        assertEquals(yaml(second), field(Dialect.V2, declared));
        assertEquals(yaml(third), field(Dialect.V3, declared));
    }

    @Test
    void embeddedObjectsHaveTheFieldsOfObjects() {
        String declared = "{type: object, x-kubernetes-embedded-resource: true, required: [spec]}";
        ObjectValue second = field(Dialect.V2, declared);
        assertEquals(yaml("{l: [spec, kind, apiVersion]}").at("l"), second.at("required"));
        assertEquals(
                "#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta",
                second.string("properties", "metadata", "$ref").orElseThrow());
        String open =
                "{type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}";
        assertFalse(field(Dialect.V2, open).has("properties"));
        assertTrue(field(Dialect.V3, open).object("properties").orElseThrow().has("metadata"));
    }

    @Test
    void anObjectThatKeepsEverythingSaysNothingInTheSecondVersion() {
        Set<String> referenced = new HashSet<>();
        Optional<ObjectValue> open =
                Optional.of(yaml("{type: object, x-kubernetes-preserve-unknown-fields: true, properties: {a: {}}}"));
        assertEquals(yaml("{type: object}"), new CustomSchemaWriter(Dialect.V2, referenced::add).root(open));
        assertTrue(referenced.isEmpty());
        ObjectValue third = new CustomSchemaWriter(Dialect.V3, referenced::add).root(open);
        assertEquals(
                Set.of("a", "apiVersion", "kind", "metadata"),
                third.object("properties").orElseThrow().fields().keySet());
        assertEquals(Set.of("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"), referenced);
        assertEquals(
                JsonReader.readObject("{\"type\":\"object\"}".getBytes(UTF_8)),
                new CustomSchemaWriter(Dialect.V3, _ -> {}).root(Optional.empty()));
    }
}
