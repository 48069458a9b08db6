package io.argosy.apiserver.registry.admissionregistration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.registry.check.Rules;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyRulesTest {

    private static final String HEAD = """
            metadata: {name: p.example.com}
            spec:
              failurePolicy: Fail
              reinvocationPolicy: Never
              matchConstraints:
                matchPolicy: Equivalent
                namespaceSelector: {}
                objectSelector: {}
                resourceRules: [{operations: [CREATE], apiGroups: [''], apiVersions: [v1], resources: [pods]}]
            """;

    private static List<String> errors(Rules rules, String rest) {
        return rules.errors((ObjectValue) YamlReader.read((HEAD + rest).getBytes(StandardCharsets.UTF_8))).stream()
                .map(FieldError::toString)
                .toList();
    }

    @Test
    void compilesValidations() {
        assertEquals(List.of(), errors(PolicyRules.VALIDATING, """
                          variables: [{name: v, expression: object.spec}]
                          validations: [{expression: 'has(variables.v.x)', messageExpression: "'a'", reason: Forbidden}]
                          auditAnnotations: [{key: k, valueExpression: "'x'"}]
                        """));
        assertEquals(
                List.of("spec.validations[0].expression: Invalid value: \"params.x\": compilation failed: ERROR:"
                        + " <input>:1:1: undeclared reference to 'params' (in container '')\n | params.x\n | ^"),
                errors(PolicyRules.VALIDATING, "  validations: [{expression: params.x}]"));
        assertEquals(
                List.of("spec.validations[0].messageExpression: Invalid value: \"1\": must evaluate to string but got"
                        + " int"),
                errors(PolicyRules.VALIDATING, "  validations: [{expression: 'true', messageExpression: '1'}]"));
        assertEquals(
                List.of("spec.variables[0].name: Invalid value: \"namespace\": must be a valid CEL identifier"),
                errors(
                        PolicyRules.VALIDATING,
                        "  variables: [{name: namespace, expression: '1'}]\n  validations: [{expression: 'true'}]"));
    }

    @Test
    void compilesMutations() {
        assertEquals(
                List.of(),
                errors(
                        PolicyRules.MUTATING,
                        "  mutations: [{patchType: ApplyConfiguration, applyConfiguration: {expression: 'Object{}'}}]"));
        assertEquals(
                List.of("spec.mutations[0].jsonPatch.expression: Invalid value: \"Object{}\": must evaluate to"
                        + " list(JSONPatch) but got Object"),
                errors(
                        PolicyRules.MUTATING,
                        "  mutations: [{patchType: JSONPatch, jsonPatch: {expression: 'Object{}'}}]"));
        assertEquals(
                List.of("spec.mutations: Required value: mutations must contain at least one item"),
                errors(PolicyRules.MUTATING, ""));
    }

    @Test
    void checksBindings() {
        Rules rules = BindingRules.VALIDATING;
        List<FieldError> errors = rules.errors((ObjectValue) YamlReader.read(
                "spec: {policyName: p, validationActions: [Deny, Warn], paramRef: {parameterNotFoundAction: Deny}}"
                        .getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                List.of(
                        "spec.paramRef: Required value: one of name or selector must be specified",
                        "spec.validationActions: Invalid value: [\"Deny\",\"Warn\"]: must not contain both Deny and Warn"
                                + " (repeating the same validation failure information in the API response and headers"
                                + " serves no purpose)"),
                errors.stream().map(FieldError::toString).toList());
    }
}
