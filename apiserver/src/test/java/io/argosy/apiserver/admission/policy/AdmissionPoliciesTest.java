package io.argosy.apiserver.admission.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.meta.GroupVersionResource;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionChain;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.ObjectVersions;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.authz.Decision;
import io.argosy.apiserver.objects.MemoryObjects;
import io.argosy.apiserver.objects.Resources;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AdmissionPoliciesTest {

    private static final ObjectVersions VERSIONS = new ObjectVersions() {
        @Override
        public List<Form> equivalents(GroupVersionResource resource, String subresource) {
            return List.of();
        }

        @Override
        public ObjectValue convert(ObjectValue object, GroupVersionKind from, GroupVersionKind to) {
            return object;
        }

        @Override
        public void settle(ObjectValue object, GroupVersionKind kind) {}

        @Override
        public ObjectValue merge(ObjectValue object, ObjectValue part, GroupVersionKind kind) {
            ObjectValue merged = object.copy();
            part.fields().forEach(merged::put);
            return merged;
        }

        @Override
        public Optional<Kept> kept(GroupVersionKind kind) {
            return kind.kind().equals("ConfigMap")
                    ? Optional.of(new Kept(Resources.CONFIG_MAPS, true, kind))
                    : Optional.empty();
        }
    };

    private static final String GROUP = "admissionregistration.k8s.io";

    private final MemoryObjects objects = new MemoryObjects();
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, String> annotations = new TreeMap<>();
    private final List<String> asked = new ArrayList<>();
    private final AdmissionPolicies policies = new AdmissionPolicies(objects, VERSIONS, attributes -> {
        asked.add(attributes.verb() + " " + attributes.resource());
        return attributes.verb().equals("approve") ? new Decision.Allow("") : new Decision.NoOpinion("");
    });

    private static ObjectValue yaml(String text) {
        return (ObjectValue) YamlReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static final String MATCHES = """
              matchConstraints:
                resourceRules:
                - {apiGroups: [apps], apiVersions: [v1], operations: ['*'], resources: [deployments]}
            """;

    private void create(String resource, String object) {
        objects.create(new GroupResource(GROUP, resource), yaml(object));
    }

    private AdmissionRequest request() {
        objects.create(Resources.NAMESPACES, yaml("metadata: {name: ns, labels: {env: prod}}"));
        policies.follow();
        return new AdmissionRequest(
                Operation.CREATE,
                new GroupVersionKind("apps", "v1", "Deployment"),
                new GroupVersionResource("apps", "v1", "deployments"),
                "",
                "ns",
                "web",
                Optional.of(yaml("metadata: {name: web}\nspec: {replicas: 7}")),
                Optional.empty(),
                new ObjectValue(),
                false,
                UserInfo.of("jane"),
                warnings::add,
                annotations::put);
    }

    private void bind(String rest) {
        create("validatingadmissionpolicybindings", "metadata: {name: b}\nspec:\n  policyName: p\n" + rest);
    }

    private void policy(String rest) {
        create("validatingadmissionpolicies", "metadata: {name: p}\nspec:\n  failurePolicy: Fail\n" + MATCHES + rest);
    }

    private Optional<ApiException> refusal() {
        AdmissionRequest request = request();
        try {
            policies.validating().validate(request);
            return Optional.empty();
        } catch (ApiException e) {
            return Optional.of(e);
        }
    }

    @Test
    void refusesWhatAValidationDoesNotHold() {
        policy("  validations: [{expression: 'object.spec.replicas < 5'}]\n");
        bind("  validationActions: [Deny]");
        ApiException refused = refusal().orElseThrow();
        assertEquals(422, refused.code());
        assertEquals("Invalid", refused.reason());
        assertEquals(
                "deployments.apps \"web\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request:"
                        + " failed expression: object.spec.replicas < 5",
                refused.message());
        assertEquals(1, refused.details().causes().size());
    }

    @Test
    void evaluatesVariablesOnceAndOnlyWhenAskedFor() {
        policy("""
                  variables:
                  - {name: bad, expression: object.nope}
                  - {name: replicas, expression: object.spec.replicas}
                  - {name: few, expression: variables.replicas < 5}
                  validations:
                  - {expression: variables.few, messageExpression: "'too many: ' + string(variables.replicas)", reason: Forbidden}
                """);
        bind("  validationActions: [Deny]");
        ApiException refused = refusal().orElseThrow();
        assertEquals(403, refused.code());
        assertTrue(refused.message().endsWith("denied request: too many: 7"), refused.message());
    }

    @Test
    void warnsAndNotes() {
        policy("""
                  validations: [{expression: 'false', message: refused}]
                  auditAnnotations: [{key: count, valueExpression: 'string(object.spec.replicas)'}]
                """);
        bind("  validationActions: [Warn, Audit]");
        assertEquals(Optional.empty(), refusal());
        assertEquals(
                List.of("Validation failed for ValidatingAdmissionPolicy 'p' with binding 'b': refused"), warnings);
        assertEquals("7", annotations.get("p/count"));
        assertEquals(
                "[{\"message\":\"refused\",\"policy\":\"p\",\"binding\":\"b\",\"expressionIndex\":0,\"validationActions\":"
                        + "[\"Warn\",\"Audit\"]}]",
                annotations.get("validation.policy.admission.k8s.io/validation_failure"));
    }

    @Test
    void takesParams() {
        policy("""
                  paramKind: {apiVersion: v1, kind: ConfigMap}
                  validations: [{expression: 'object.spec.replicas <= int(params.data.most)'}]
                """);
        bind("  validationActions: [Deny]\n  paramRef: {name: limits, parameterNotFoundAction: Deny}");
        assertTrue(refusal()
                .orElseThrow()
                .message()
                .endsWith("failed to configure binding: no params found for policy binding with `Deny`"
                        + " parameterNotFoundAction"));
        objects.create(Resources.CONFIG_MAPS, yaml("metadata: {name: limits, namespace: ns}\ndata: {most: '7'}"));
        objects.delete(Resources.NAMESPACES, "", "ns", "");
        assertEquals(Optional.empty(), refusal());
    }

    @Test
    void looksAtNamespacesUsersAndWhatTheyMay() {
        policy("""
                  matchConditions: [{name: c, expression: request.userInfo.username == 'jane'}]
                  validations:
                  - expression: namespaceObject.metadata.labels['env'] == 'prod' && request.operation == 'CREATE'
                  - expression: authorizer.requestResource.check('approve').allowed()
                  - expression: "!authorizer.group('apps').resource('deployments').namespace('ns').check('x').allowed()"
                """);
        bind("  validationActions: [Deny]");
        assertEquals(Optional.empty(), refusal());
        assertEquals(List.of("approve deployments", "x deployments"), asked);
    }

    @Test
    void tellsWhyAVariableHasNoValue() {
        policy(
                "  variables: [{name: bad, expression: object.nope}]\n  validations: [{expression: variables.bad == 1}]\n");
        bind("  validationActions: [Deny]");
        assertTrue(refusal()
                .orElseThrow()
                .message()
                .endsWith("expression 'variables.bad == 1' resulted in error: composited variable \"bad\" fails to"
                        + " evaluate: no such key: nope"));
    }

    @Test
    void failsAsItsPolicySays() {
        policy("  validations: [{expression: 'object.nope == 1'}]\n");
        bind("  validationActions: [Deny]");
        assertTrue(refusal().orElseThrow().message().endsWith("no such key: nope"));
    }

    private ObjectValue mutated(String spec) {
        create(
                "mutatingadmissionpolicies",
                "metadata: {name: p}\nspec:\n  failurePolicy: Fail\n  reinvocationPolicy: Never\n" + MATCHES + spec);
        create("mutatingadmissionpolicybindings", "metadata: {name: b}\nspec: {policyName: p}");
        AdmissionRequest request = request();
        new AdmissionChain(List.of(policies.mutating())).mutate(request);
        return request.object().orElseThrow();
    }

    private static String json(ObjectValue object) {
        return new String(JsonWriter.write(object), StandardCharsets.UTF_8);
    }

    @Test
    void mergesWhatAnExpressionMakes() {
        ObjectValue object = mutated("""
                  variables: [{name: more, expression: object.spec.replicas + 1}]
                  mutations:
                  - patchType: ApplyConfiguration
                    applyConfiguration: {expression: 'Object{spec: Object.spec{replicas: variables.more}}'}
                  - patchType: JSONPatch
                    jsonPatch:
                      expression: "[JSONPatch{op: 'add', path: '/spec/seen', value: object.spec.replicas}]"
                """);
        assertEquals("{\"metadata\":{\"name\":\"web\"},\"spec\":{\"replicas\":8,\"seen\":8}}", json(object));
    }

    @Test
    void tellsMisplacedObjects() {
        ApiException refused = assertThrows(ApiException.class, () -> mutated("""
                          mutations:
                          - patchType: ApplyConfiguration
                            applyConfiguration: {expression: 'Object{spec: Object.wrong{replicas: 1}}'}
                        """));
        assertEquals(403, refused.code());
        assertEquals(
                "policy 'p' with binding 'b' denied request: type mismatch: unexpected type name \"Object.wrong\","
                        + " expected \"Object.spec\", which matches field name path from root Object type",
                refused.message());
    }
}
