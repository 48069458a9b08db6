package io.argosy.apiserver.crd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.cache.Converter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StoredFormTest {

    private static final ObjectValue DEFINITION = yaml("""
            spec:
              group: example.com
              scope: Namespaced
              names: {plural: things, kind: Thing}
              versions:
              - name: v1
                served: false
                storage: false
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      old: {type: string}
                      both: {type: string, default: one}
              - name: v2
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      both: {type: string, default: two}
                      maybe: {type: string, nullable: true}
                      never: {type: string}
                      inner: {type: object, properties: {size: {type: integer, default: 3}}}
            """);

    private static ObjectValue yaml(String text) {
        return (ObjectValue) YamlReader.read(text.getBytes(UTF_8));
    }

    /** The first is what is stored, the second what is read, without its metadata. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {apiVersion: example.com/v2, kind: Thing}                               | {apiVersion: example.com/v2, kind: Thing, both: two}
            {apiVersion: example.com/v2, kind: Thing, inner: {}}                    | {apiVersion: example.com/v2, kind: Thing, both: two, inner: {size: 3}}
            {apiVersion: example.com/v2, kind: Thing, gone: 1, both: x}             | {apiVersion: example.com/v2, kind: Thing, both: x}
            {apiVersion: example.com/v2, kind: Thing, maybe: null, never: null, both: null} | {apiVersion: example.com/v2, kind: Thing, maybe: null, both: two}
            {apiVersion: example.com/v1, kind: Thing, old: x}                       | {apiVersion: example.com/v2, kind: Thing, both: one}
            {apiVersion: example.com/v0, kind: Thing, old: x}                       | {apiVersion: example.com/v0, kind: Thing, old: x}
            """)
    void objectsAreReadAsTheyWouldBeStoredToday(String stored, String read) {
        ObjectValue found = new StoredForm(CustomDefinitions.of(DEFINITION), Converter.RENAMING).apply(yaml(stored));
        found.remove("metadata");
        assertEquals(yaml(read), found);
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,1", "7,7"})
    void objectsFromBeforeGenerationsHaveTheFirst(long stored, long read) {
        ObjectValue object = yaml("{apiVersion: example.com/v2, kind: Thing}");
        object.objectOrNew("metadata").put("generation", stored);
        ObjectValue found = new StoredForm(CustomDefinitions.of(DEFINITION), Converter.RENAMING).apply(object);
        assertEquals(read, found.integer("metadata", "generation").orElseThrow());
    }
}
