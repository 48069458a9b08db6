package io.argosy.apiserver.crd.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.structural.StructuralSchema;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CustomRulesTest {

    private static ObjectValue yaml(String text) {
        return (ObjectValue) YamlReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static final String SCHEMA = """
            type: object
            properties:
              spec:
                type: object
                x-kubernetes-validations:
                - {rule: "self.min <= self.max", message: min must not exceed max}
                - {rule: "has(oldSelf.max) ? self.max >= oldSelf.max : true", fieldPath: .max, reason: FieldValueForbidden,
                   messageExpression: "'max may not shrink below ' + string(oldSelf.max)"}
                properties:
                  min: {type: integer}
                  max: {type: integer}
                  share: {type: number, x-kubernetes-validations: [{rule: "self > 0.5"}]}
                  name-with.dash: {type: string, x-kubernetes-validations: [{rule: self.startsWith('a')}]}
                  until: {type: string, format: date-time, x-kubernetes-validations: [{rule: "self > timestamp('2024-01-01T00:00:00Z')"}]}
                  wait: {type: string, format: duration, x-kubernetes-validations: [{rule: "self >= duration('1m')"}]}
                  port: {x-kubernetes-int-or-string: true, x-kubernetes-validations: [{rule: "type(self) == string || self > 0"}]}
                  ports:
                    type: array
                    x-kubernetes-list-type: map
                    x-kubernetes-list-map-keys: [name]
                    items:
                      type: object
                      required: [name]
                      x-kubernetes-validations: [{rule: self.number == oldSelf.number, message: a port stays}]
                      properties: {name: {type: string}, number: {type: integer}}
                  labels:
                    type: object
                    additionalProperties: {type: string, x-kubernetes-validations: [{rule: self.size() < 3}]}
                  once:
                    type: string
                    x-kubernetes-validations: [{rule: "!oldSelf.hasValue() || self == oldSelf.value()", optionalOldSelf: true}]
            x-kubernetes-validations:
            - {rule: "self.metadata.name != 'bad'"}
            - {rule: "!has(self.spec.name__dash__with__dot__dash) || self.spec.min == 0"}
            """;

    private static final CustomRules RULES = CustomRules.of(StructuralSchema.load(yaml(SCHEMA)));

    private static List<String> errors(String object, String old) {
        Optional<ObjectValue> before = old.isEmpty() ? Optional.empty() : Optional.of(whole(old));
        return RULES.errors(whole(object), before, List.of()).stream()
                .map(FieldError::toString)
                .toList();
    }

    private static ObjectValue whole(String spec) {
        return yaml("apiVersion: g/v1\nkind: K\nmetadata: {name: good}\nspec: {min: 0, max: 9" + spec + "}");
    }

    @Test
    void takesWhatHolds() {
        assertEquals(
                List.of(),
                errors(
                        ", share: 1, port: x, wait: 2m, until: '2025-01-01T00:00:00Z', labels: {a: bc}, once: x,"
                                + " name-with.dash: ab",
                        ""));
    }

    @Test
    void tellsWhatDoesNot() {
        assertEquals(List.of("spec: Invalid value: min must not exceed max"), errors(", min: 10", ""));
        assertEquals(List.of("spec.share: Invalid value: 0.5: failed rule: self > 0.5"), errors(", share: 0.5", ""));
        assertEquals(
                List.of("spec.name-with.dash: Invalid value: \"b\": failed rule: self.startsWith('a')"),
                errors(", name-with.dash: b", ""));
        assertEquals(
                List.of("spec.labels[a]: Invalid value: \"bcd\": failed rule: self.size() < 3"),
                errors(", labels: {a: bcd}", ""));
        assertEquals(
                List.of("spec.wait: Invalid value: \"1s\": failed rule: self >= duration('1m')"),
                errors(", wait: 1s", ""));
    }

    @Test
    void comparesWithOldValues() {
        assertEquals(List.of("spec.max: Forbidden: max may not shrink below 9"), errors(", max: 5", ", min: 1"));
        assertEquals(
                List.of("spec.ports[1]: Invalid value: a port stays"),
                errors(", ports: [{name: new, number: 7}, {name: a, number: 2}]", ", ports: [{name: a, number: 1}]"));
        assertEquals(
                List.of("spec.once: Invalid value: \"z\": failed rule: !oldSelf.hasValue() || self == oldSelf.value()"),
                errors(", once: z", ", once: x"));
    }

    @Test
    void tellsNothingAgainOfWhatStays() {
        assertEquals(List.of(), errors(", share: 0.1, min: 3", ", share: 0.1, min: 2"));
        assertEquals(List.of("spec: Invalid value: min must not exceed max"), errors(", min: 11", ", min: 10"));
        assertEquals(List.of(), errors(", min: 10", ", min: 10"));
    }

    @Test
    void looksNotAtWhatIsInvalidOtherwise() {
        List<FieldError> found = List.of(FieldError.required(FieldPath.of("spec", "min"), ""));
        assertEquals(
                List.of("<nil>: Invalid value: null: some validation rules were not checked because the object was"
                        + " invalid; correct the existing errors to complete validation"),
                RULES.errors(whole(""), Optional.empty(), found).stream()
                        .map(FieldError::toString)
                        .toList());
    }

    private static List<String> declared(String property) {
        ObjectSchema schema = StructuralSchema.load(yaml("type: object\nproperties:\n  a: {" + property + "}"));
        return RuleDeclarations.errors(schema, FieldPath.of("schema")).stream()
                .map(FieldError::toString)
                .toList();
    }

    private static final String AT = "schema.properties[a].x-kubernetes-validations[0].";

    @Test
    void checksDeclarations() {
        assertEquals(List.of(), declared("type: integer, x-kubernetes-validations: [{rule: self > 0}]"));
        assertEquals(
                List.of(AT + "rule: Required value: rule is not specified"),
                declared("type: integer, x-kubernetes-validations: [{rule: ''}]"));
        assertEquals(
                List.of(AT + "rule: Invalid value: {\"Rule\":\"self + 1\",\"Message\":\"\",\"MessageExpression\":\"\","
                        + "\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}: cel expression must evaluate"
                        + " to a bool"),
                declared("type: integer, x-kubernetes-validations: [{rule: self + 1}]"));
        assertEquals(
                List.of(AT + "fieldPath: Invalid value: \".b\": must be a valid path"),
                declared("type: object, properties: {c: {type: string}}, x-kubernetes-validations: [{rule: has(self.c),"
                        + " fieldPath: .b}]"));
        assertEquals(
                List.of(AT + "optionalOldSelf: Invalid value: true: may not be set if oldSelf is not used in rule"),
                declared("type: integer, x-kubernetes-validations: [{rule: self > 0, optionalOldSelf: true}]"));
        assertEquals(
                List.of("schema.properties[a].items.x-kubernetes-validations[0].rule: Invalid value: \"self =="
                        + " oldSelf\": oldSelf cannot be used on the uncorrelatable portion of the schema within"
                        + " schema.properties[a]"),
                declared("type: array, maxItems: 9, items: {type: integer, x-kubernetes-validations: [{rule: self =="
                        + " oldSelf}]}"));
    }
}
