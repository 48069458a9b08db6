package io.argosy.apiserver.flowcontrol;

import static io.argosy.apiserver.admission.Requests.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.request.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowSchemaTest {

    private static final FlowSchema SCHEMA = FlowSchema.of(tree("""
            metadata: {name: s}
            spec:
              distinguisherMethod: {type: ByNamespace}
              rules:
              - subjects:
                - {kind: User, user: {name: ann}}
                - {kind: Group, group: {name: nodes}}
                - {kind: ServiceAccount, serviceAccount: {name: "*", namespace: kube-system}}
                resourceRules:
                - {verbs: [get, list], apiGroups: [""], resources: [pods, nodes/status], namespaces: [a], clusterScope: true}
                nonResourceRules:
                - {verbs: ["*"], nonResourceURLs: [/healthz, "/debug/*"]}
            """));

    private static Target target(String verb, String namespace, String resource) {
        int slash = resource.indexOf('/');
        return new Target(
                true,
                verb,
                "/",
                "api",
                "",
                "v1",
                namespace,
                slash < 0 ? resource : resource.substring(0, slash),
                slash < 0 ? "" : resource.substring(slash + 1),
                "",
                List.of(),
                "",
                "");
    }

    private static UserInfo user(String name, String... groups) {
        return new UserInfo(name, "", List.of(groups), Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "ann, '', get, a, pods, true",
        "ann, '', get, '', pods, true",
        "ann, '', get, b, pods, false",
        "ann, '', delete, a, pods, false",
        "ann, '', get, a, pods/log, false",
        "ann, '', get, '', nodes/status, true",
        "bob, '', get, a, pods, false",
        "bob, nodes, get, a, pods, true",
        "system:serviceaccount:kube-system:x, '', list, a, pods, true",
        "system:serviceaccount:default:x, '', list, a, pods, false",
    })
    void rulesTakeRequestsOfResources(
            String name, String group, String verb, String namespace, String resource, boolean takes) {
        assertEquals(takes, SCHEMA.takes(user(name, group), target(verb, namespace, resource)));
    }

    @ParameterizedTest
    @CsvSource({"/healthz,true", "/healthz/x,false", "/debug/x/y,true", "/version,false"})
    void rulesTakePaths(String path, boolean takes) {
        assertEquals(takes, SCHEMA.takes(user("ann"), Target.path("get", path)));
    }

    @Test
    void flowsAreToldApartAsTheSchemaSays() {
        assertEquals("a", SCHEMA.flow(user("ann"), target("get", "a", "pods")));
        FlowSchema byUser = FlowSchema.of(tree("{spec: {distinguisherMethod: {type: ByUser}}}"));
        assertEquals("ann", byUser.flow(user("ann"), target("get", "a", "pods")));
    }

    @Test
    void theLowerPrecedenceIsAskedFirstThenTheName() {
        List<FlowSchema> schemas =
                List.of(schema("z", 5, "x"), schema("b", 9, "x"), schema("a", 9, "x"), schema("c", 1, "gone"));
        assertEquals(
                List.of("z", "a", "b"),
                FlowSchema.ordered(schemas, List.of("x")).stream()
                        .map(FlowSchema::name)
                        .toList());
    }

    private static FlowSchema schema(String name, long precedence, String level) {
        return new FlowSchema(name, "", level, precedence, "", List.of());
    }

    @Test
    void aSchemaIsToldWhetherItsLevelIsThere() {
        assertEquals(tree("""
                        type: Dangling
                        status: "True"
                        reason: NotFound
                        message: This FlowSchema references the PriorityLevelConfiguration object named "x" but there is no such object
                        """), FlowFollowing.condition("x", false));
    }
}
