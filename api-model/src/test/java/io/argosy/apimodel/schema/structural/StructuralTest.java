package io.argosy.apimodel.schema.structural;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.tree.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages are those of kube-apiserver v1.36.2 to the same schema and objects. */
final class StructuralTest {

    private static final ObjectSchema SCHEMA =
            StructuralSchema.load((ObjectValue) YamlReader.read("""
            type: object
            required: [spec]
            properties:
              spec:
                type: object
                required: [must]
                properties:
                  must: {type: string}
                  int: {type: integer, minimum: 1, maximum: 10, multipleOf: 2}
                  excl: {type: number, maximum: 2.5, exclusiveMaximum: true}
                  str: {type: string, minLength: 2, maxLength: 4}
                  pat: {type: string, pattern: "^a+$"}
                  enum: {type: string, enum: [a, b]}
                  list: {type: array, minItems: 1, maxItems: 2, items: {type: string}}
                  set: {type: array, x-kubernetes-list-type: set, items: {type: string}}
                  lmap:
                    type: array
                    x-kubernetes-list-type: map
                    x-kubernetes-list-map-keys: [k]
                    items: {type: object, required: [k], properties: {k: {type: string}, v: {type: integer}}}
                  map: {type: object, additionalProperties: {type: integer}, maxProperties: 2}
                  ios: {x-kubernetes-int-or-string: true}
                  nul: {type: string, nullable: true}
                  dt: {type: string, format: date-time}
                  one: {type: object, properties: {a: {type: string}, b: {type: string}}, oneOf: [{required: [a]}, {required: [b]}]}
                  not: {type: string, not: {enum: [x]}}
                  pres:
                    type: object
                    x-kubernetes-preserve-unknown-fields: true
                    properties: {t: {type: object, properties: {u: {type: string}}}}
                  raw: {x-kubernetes-preserve-unknown-fields: true}
                  emb: {type: object, x-kubernetes-embedded-resource: true, properties: {spec: {type: object}}}
                  sub:
                    type: object
                    default: {}
                    properties: {d1: {type: integer, default: 7}, d2: {type: object, properties: {d3: {type: integer, default: 8}}}}
            """.getBytes(StandardCharsets.UTF_8)));

    private static ObjectValue object(String spec) {
        return (ObjectValue) JsonReader.read(("{\"spec\":" + spec + "}").getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|spec.must: Required value",
                "{\"must\":5}|spec.must: Invalid value: \"integer\": spec.must in body must be of type string: \"integer\"",
                "{\"must\":null}|spec.must: Invalid value: \"null\": spec.must in body must be of type string: \"null\"",
                "{\"must\":\"\",\"int\":12}|spec.int: Invalid value: 12: spec.int in body should be less than or equal to 10",
                "{\"must\":\"\",\"int\":3}|spec.int: Invalid value: 3: spec.int in body should be a multiple of 2",
                "{\"must\":\"\",\"excl\":2.5}|spec.excl: Invalid value: 2.5: spec.excl in body should be less than 2.5",
                "{\"must\":\"\",\"str\":\"abcde\"}|spec.str: Too long: may not be more than 4 bytes",
                "{\"must\":\"\",\"str\":\"a\"}|spec.str: Invalid value: \"a\": spec.str in body should be at least 2 chars long",
                "{\"must\":\"\",\"pat\":\"b\"}|spec.pat: Invalid value: \"b\": spec.pat in body should match '^a+$'",
                "{\"must\":\"\",\"enum\":\"c\"}|spec.enum: Unsupported value: \"c\": supported values: \"a\", \"b\"",
                "{\"must\":\"\",\"list\":[]}|spec.list: Invalid value: 0: spec.list in body should have at least 1 items",
                "{\"must\":\"\",\"list\":[\"a\",\"b\",\"c\"]}|spec.list: Too many: 3: must have at most 2 items",
                "{\"must\":\"\",\"list\":[1]}|spec.list[0]: Invalid value: \"integer\": spec.list[0] in body must be of type string: \"integer\"",
                "{\"must\":\"\",\"set\":[\"a\",\"b\",\"a\",\"a\"]}|spec.set[2]: Duplicate value: \"a\"",
                "{\"must\":\"\",\"lmap\":[{\"k\":\"a\"},{\"k\":\"a\"}]}|spec.lmap[1]: Duplicate value: {\"k\":\"a\"}",
                "{\"must\":\"\",\"lmap\":[{\"v\":1}]}|spec.lmap[0].k: Required value",
                "{\"must\":\"\",\"map\":{\"a\":\"x\"}}|spec.map.a: Invalid value: \"string\": spec.map.a in body must be of type integer: \"string\"",
                "{\"must\":\"\",\"ios\":true}|spec.ios: Invalid value: \"boolean\": spec.ios in body must be of type integer,string: \"boolean\"",
                "{\"must\":\"\",\"dt\":\"x\"}|spec.dt: Invalid value: \"x\": spec.dt in body must be of type date-time: \"x\"",
                "{\"must\":\"\",\"not\":\"x\"}|<nil>: Invalid value: \"\": \"spec.not\" must not validate the schema (not)"
            })
    void saysWhatIsWrong(String spec, String error) {
        assertEquals(
                List.of(error),
                StructuralValidation.validate(object(spec), SCHEMA).stream()
                        .map(Object::toString)
                        .toList());
    }

    @Test
    void saysWhichOptionsFail() {
        assertEquals(
                List.of(
                        "<nil>: Invalid value: \"\": \"spec.one\" must validate one and only one schema (oneOf). Found none valid",
                        "spec.one.a: Required value"),
                StructuralValidation.validate(object("{\"must\":\"\",\"one\":{}}"), SCHEMA).stream()
                        .map(Object::toString)
                        .toList());
    }

    @Test
    void prunesAndFills() {
        ObjectValue object = object(
                "{\"must\":null,\"x\":1,\"nul\":null,\"lmap\":[{\"k\":\"a\",\"q\":1}],\"pres\":{\"q\":1,\"t\":{\"q\":1}},"
                        + "\"raw\":{\"a\":1},\"emb\":{\"kind\":\"A\",\"metadata\":{\"x\":1},\"w\":1},\"sub\":{\"d2\":{}}}");
        assertEquals(List.of("spec.emb.w", "spec.lmap[0].q", "spec.pres.t.q", "spec.x"), Pruning.prune(object, SCHEMA));
        StructuralDefaults.dropNulls(object, SCHEMA);
        StructuralDefaults.fill(object, SCHEMA);
        assertEquals(
                "{\"spec\":{\"nul\":null,\"lmap\":[{\"k\":\"a\"}],\"pres\":{\"q\":1,\"t\":{}},\"raw\":{\"a\":1},"
                        + "\"emb\":{\"kind\":\"A\",\"metadata\":{\"x\":1}},\"sub\":{\"d2\":{\"d3\":8},\"d1\":7}}}",
                new String(JsonWriter.write(object), StandardCharsets.UTF_8));
    }
}
