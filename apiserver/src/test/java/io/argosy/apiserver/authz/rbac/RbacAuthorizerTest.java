package io.argosy.apiserver.authz.rbac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.authz.Attributes;
import io.argosy.apiserver.authz.Decision;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RbacAuthorizerTest {

    private static final String POLICY = """
            clusterrole reader
              read pods,pods/log of core
            clusterrole scaler
              update */scale of apps
            clusterrole one-secret
              get secrets of core named wanted
            clusterrole health
              get urls /healthz,/api/*
            role a/editor
              write pods of core
            clusterrolebinding all-read grants clusterrole reader to group:readers
            clusterrolebinding scale grants clusterrole scaler to user:joe
            clusterrolebinding health grants clusterrole health to user:joe
            rolebinding a/edit grants role editor to serviceaccount:a/builder user:joe
            rolebinding b/secret grants clusterrole one-secret to user:joe
            clusterrolebinding dangling grants clusterrole none to user:lost
            """;

    private final RbacPolicy policy = policy();

    private static RbacPolicy policy() {
        BootstrapPolicy parsed = BootstrapPolicy.parse(POLICY);
        RbacPolicy policy = new RbacPolicy();
        parsed.clusterRoles().forEach(role -> policy.putRole(key(role), role));
        parsed.roles().forEach(role -> policy.putRole(key(role), role));
        parsed.clusterRoleBindings().forEach(binding -> policy.putBinding(key(binding), binding));
        parsed.roleBindings().forEach(binding -> policy.putBinding(key(binding), binding));
        return policy;
    }

    private static ObjectKey key(ObjectValue object) {
        return new ObjectKey(
                object.string("metadata", "namespace").orElse(""),
                object.string("metadata", "name").orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "joe, '', get, '', pods, '', a, x, false",
        "joe, '', delete, '', pods, '', a, x, true",
        "joe, '', delete, '', pods, '', b, x, false",
        "ann, readers, list, '', pods, '', '', '', true",
        "ann, readers, get, '', pods, log, a, x, true",
        "ann, readers, get, '', pods, exec, a, x, false",
        "ann, readers, get, apps, pods, '', a, x, false",
        "joe, '', update, apps, deployments, scale, a, x, true",
        "joe, '', update, apps, deployments, '', a, x, false",
        "joe, '', get, '', secrets, '', b, wanted, true",
        "joe, '', get, '', secrets, '', b, other, false",
        "joe, '', list, '', secrets, '', b, '', false",
        "joe, '', get, '', secrets, '', a, wanted, false",
        "system:serviceaccount:a:builder, '', create, '', pods, '', a, '', true",
        "system:serviceaccount:b:builder, '', create, '', pods, '', a, '', false",
    })
    void decidesAboutResources(
            String user,
            String group,
            String verb,
            String apiGroup,
            String resource,
            String part,
            String namespace,
            String name,
            boolean allowed) {
        UserInfo asking = group.isEmpty() ? UserInfo.of(user) : UserInfo.of(user, group);
        Decision decision = new RbacAuthorizer(policy)
                .authorize(Attributes.resource(asking, verb, namespace, apiGroup, "v1", resource, part, name));
        assertEquals(allowed, decision.allowed());
    }

    @ParameterizedTest
    @CsvSource({
        "/healthz, get, true",
        "/healthz/x, get, false",
        "/api/v1, get, true",
        "/api, get, false",
        "/api/v1, post, false"
    })
    void decidesAboutPaths(String path, String verb, boolean allowed) {
        Decision decision = new RbacAuthorizer(policy).authorize(Attributes.path(UserInfo.of("joe"), verb, path));
        assertEquals(allowed, decision.allowed());
    }

    @Test
    void tellsWhichBindingAllowed() {
        Decision decision = new RbacAuthorizer(policy)
                .authorize(Attributes.resource(
                        UserInfo.of("system:serviceaccount:a:builder"), "create", "a", "", "v1", "pods", "", ""));
        assertEquals(
                "RBAC: allowed by RoleBinding \"edit/a\" of Role \"editor\" to ServiceAccount \"builder/a\"",
                decision.reason());
    }

    @Test
    void tellsWhichRoleIsMissing() {
        Decision decision =
                new RbacAuthorizer(policy).authorize(Attributes.path(UserInfo.of("lost"), "get", "/healthz"));
        assertEquals(
                new Decision.NoOpinion("RBAC: clusterrole.rbac.authorization.k8s.io \"none\" not found"), decision);
    }

    @Test
    void forgetsRemovedBindings() {
        policy.removeBinding(new ObjectKey("a", "edit"));
        assertEquals(List.of(), policy.grants(UserInfo.of("system:serviceaccount:a:builder"), "a"));
        assertEquals(2, policy.grants(UserInfo.of("joe"), "a").size());
    }

    @Test
    void namesWhatAUserLacksToGrantARole() {
        UserInfo joe = UserInfo.of("joe", "system:authenticated");
        List<PolicyRule> asked = List.of(
                new PolicyRule(List.of("get", "delete"), List.of(""), List.of("pods"), List.of(), List.of()),
                new PolicyRule(List.of("get"), List.of(""), List.of("secrets"), List.of("wanted"), List.of()),
                new PolicyRule(List.of("get"), List.of(), List.of(), List.of(), List.of("/api/x", "/metrics")));
        assertEquals(
                "user \"joe\" (groups=[\"system:authenticated\"]) is attempting to grant RBAC permissions not"
                        + " currently held:\n"
                        + "{APIGroups:[\"\"], Resources:[\"pods\"], Verbs:[\"get\"]}\n"
                        + "{APIGroups:[\"\"], Resources:[\"secrets\"], ResourceNames:[\"wanted\"], Verbs:[\"get\"]}\n"
                        + "{NonResourceURLs:[\"/metrics\"], Verbs:[\"get\"]}",
                Escalation.refusal(joe, policy.rulesFor(joe, "a"), asked).orElseThrow());
        assertTrue(Escalation.refusal(joe, Escalation.EVERYTHING, asked).isEmpty());
    }
}
