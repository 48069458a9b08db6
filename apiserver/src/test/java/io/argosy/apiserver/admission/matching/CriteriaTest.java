package io.argosy.apiserver.admission.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.meta.GroupVersionResource;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.ObjectVersions;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.authn.UserInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CriteriaTest {

    private static final ObjectVersions VERSIONS = new ObjectVersions() {
        @Override
        public List<Form> equivalents(GroupVersionResource resource, String subresource) {
            return resource.resource().equals("deployments") ? List.of(form("v1beta1"), form("v1")) : List.of();
        }

        private Form form(String version) {
            GroupVersion groupVersion = new GroupVersion("apps", version);
            return new Form(groupVersion.resource("deployments"), groupVersion.kind("Deployment"));
        }

        @Override
        public ObjectValue convert(ObjectValue object, GroupVersionKind from, GroupVersionKind to) {
            throw new AssertionError("nothing to convert");
        }

        @Override
        public void settle(ObjectValue object, GroupVersionKind kind) {}

        @Override
        public ObjectValue merge(ObjectValue object, ObjectValue part, GroupVersionKind kind) {
            throw new AssertionError("nothing to merge");
        }

        @Override
        public Optional<Kept> kept(GroupVersionKind kind) {
            return Optional.empty();
        }
    };

    private static ObjectValue yaml(String text) {
        return (ObjectValue) YamlReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static AdmissionRequest request(String group, String kind, String resource, String part, String namespace) {
        GroupVersion version = new GroupVersion(group, "v1");
        return new AdmissionRequest(
                Operation.CREATE,
                version.kind(kind),
                version.resource(resource),
                part,
                namespace,
                "a",
                Optional.of(yaml("metadata: {name: a, labels: {app: web}}")),
                Optional.empty(),
                new ObjectValue(),
                false,
                UserInfo.of("u"),
                _ -> {},
                (_, _) -> {});
    }

    private static Optional<String> match(AdmissionRequest request, String criteria) {
        return (criteria.startsWith("rules") ? Criteria.of(yaml(criteria)) : Criteria.ofPolicy(yaml(criteria)))
                .match(
                        request,
                        VERSIONS,
                        name -> name.equals("gone") ? Optional.empty() : Optional.of(Map.of("of", name)))
                .map(form -> form.resource().version());
    }

    private static final String ALL =
            "rules: [{operations: [CREATE], apiGroups: ['*'], apiVersions: ['*'], resources: [";

    @Test
    void looksAtResourcesAndTheirParts() {
        AdmissionRequest pods = request("", "Pod", "pods", "", "ns");
        AdmissionRequest status = request("", "Pod", "pods", "status", "ns");
        assertEquals(Optional.of("v1"), match(pods, ALL + "pods]}]"));
        assertEquals(Optional.empty(), match(status, ALL + "pods]}]"));
        assertEquals(Optional.of("v1"), match(status, ALL + "pods/*]}]"));
        assertEquals(Optional.of("v1"), match(pods, ALL + "'*/*']}]"));
        assertEquals(Optional.of("v1"), match(status, ALL + "'*/status']}]"));
        assertEquals(Optional.empty(), match(status, ALL + "'*']}]"));
    }

    @Test
    void looksAtScopes() {
        AdmissionRequest namespace = request("", "Namespace", "namespaces", "", "");
        AdmissionRequest pods = request("", "Pod", "pods", "", "ns");
        assertEquals(Optional.of("v1"), match(namespace, ALL + "'*'], scope: Cluster}]"));
        assertEquals(Optional.empty(), match(namespace, ALL + "'*'], scope: Namespaced}]"));
        assertEquals(Optional.empty(), match(pods, ALL + "'*'], scope: Cluster}]"));
        assertEquals(Optional.of("v1"), match(pods, ALL + "'*'], scope: Namespaced}]"));
    }

    @Test
    void findsEquivalentVersions() {
        AdmissionRequest deployments = request("apps", "Deployment", "deployments", "", "ns");
        String old =
                "rules: [{operations: ['*'], apiGroups: [apps], apiVersions: [v1beta1], resources: [deployments]}]";
        assertEquals(Optional.of("v1beta1"), match(deployments, old));
        assertEquals(Optional.empty(), match(deployments, old + "\nmatchPolicy: Exact"));
    }

    @Test
    void looksAtSelectors() {
        AdmissionRequest pods = request("", "Pod", "pods", "", "ns");
        assertEquals(Optional.of("v1"), match(pods, ALL + "pods]}]\nobjectSelector: {matchLabels: {app: web}}"));
        assertEquals(Optional.empty(), match(pods, ALL + "pods]}]\nobjectSelector: {matchLabels: {app: db}}"));
        assertEquals(Optional.of("v1"), match(pods, ALL + "pods]}]\nnamespaceSelector: {matchLabels: {of: ns}}"));
        assertEquals(Optional.empty(), match(pods, ALL + "pods]}]\nnamespaceSelector: {matchLabels: {of: other}}"));
        AdmissionRequest namespace = request("", "Namespace", "namespaces", "", "");
        assertEquals(Optional.of("v1"), match(namespace, ALL + "'*']}]\nnamespaceSelector: {matchLabels: {app: web}}"));
        AdmissionRequest cluster = request("", "Node", "nodes", "", "");
        assertEquals(Optional.of("v1"), match(cluster, ALL + "'*']}]\nnamespaceSelector: {matchLabels: {of: x}}"));
    }

    @Test
    void tellsAMissingNamespaceOnlyWhereRulesMatch() {
        AdmissionRequest pods = request("", "Pod", "pods", "", "gone");
        String selector = "\nnamespaceSelector: {matchLabels: {of: x}}";
        assertEquals(Optional.empty(), match(pods, ALL + "secrets]}]" + selector));
        assertEquals(
                404,
                assertThrows(ApiException.class, () -> match(pods, ALL + "pods]}]" + selector))
                        .code());
    }

    @Test
    void leavesOutWhatPoliciesExclude() {
        AdmissionRequest pods = request("", "Pod", "pods", "", "ns");
        String rule = "{operations: ['*'], apiGroups: [''], apiVersions: [v1], resources: [pods]";
        assertEquals(Optional.of("v1"), match(pods, "matchPolicy: Exact"), "no rules are for all");
        assertEquals(Optional.of("v1"), match(pods, "resourceRules: [" + rule + ", resourceNames: [a]}]"));
        assertEquals(Optional.empty(), match(pods, "resourceRules: [" + rule + ", resourceNames: [b]}]"));
        assertEquals(
                Optional.empty(), match(pods, "resourceRules: [" + rule + "}]\nexcludeResourceRules: [" + rule + "}]"));
    }
}
