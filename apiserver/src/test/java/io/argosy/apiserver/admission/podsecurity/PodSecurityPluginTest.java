package io.argosy.apiserver.admission.podsecurity;

import static io.argosy.apiserver.admission.Requests.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Requests;
import io.argosy.apiserver.objects.MemoryObjects;
import io.argosy.apiserver.objects.Resources;
import io.argosy.daemon.metrics.Metrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PodSecurityPluginTest {

    private static final ObjectValue ROOT = tree(
            "{metadata: {name: p}, spec: {containers: [{name: a, image: i, securityContext: {privileged: true}}]}}");

    private final MemoryObjects objects = new MemoryObjects();
    private final Requests requests = new Requests();
    private PodSecurityPlugin plugin = new PodSecurityPlugin(objects, Optional.empty(), new Metrics());

    private static ObjectValue namespace(String labels) {
        return tree("{metadata: {name: ns, labels: " + labels + "}}");
    }

    private void inNamespace(String labels) {
        objects.create(Resources.NAMESPACES, namespace(labels));
    }

    private String refusal(AdmissionRequest request) {
        return assertThrows(ApiException.class, () -> plugin.validate(request)).message();
    }

    @BeforeEach
    void start() {
        requests.annotations().clear();
    }

    @Test
    void podsThatViolateTheEnforcedStandardAreRefused() {
        inNamespace("{pod-security.kubernetes.io/enforce: baseline, pod-security.kubernetes.io/warn: restricted}");
        assertEquals(
                "pods \"p\" is forbidden: violates PodSecurity \"baseline:latest\": privileged (container \"a\" must not "
                        + "set securityContext.privileged=true)",
                refusal(requests.create("pods", "Pod", ROOT)));
        assertEquals(List.of(), requests.warnings());
        assertEquals(Map.of("pod-security.kubernetes.io/enforce-policy", "baseline:latest"), requests.annotations());
    }

    @Test
    void othersAreWarnedOfAndNoted() {
        inNamespace("{pod-security.kubernetes.io/warn: baseline, pod-security.kubernetes.io/warn-version: v1.30, "
                + "pod-security.kubernetes.io/audit: baseline}");
        plugin.validate(requests.create("pods", "Pod", ROOT));
        String violation = "privileged (container \"a\" must not set securityContext.privileged=true)";
        assertEquals(List.of("would violate PodSecurity \"baseline:v1.30\": " + violation), requests.warnings());
        assertEquals(
                Map.of(
                        "pod-security.kubernetes.io/enforce-policy",
                        "privileged:latest",
                        "pod-security.kubernetes.io/audit-violations",
                        "would violate PodSecurity \"baseline:latest\": " + violation),
                requests.annotations());
    }

    @Test
    void whatIsEnforcedIsWarnedOfInTemplatesToo() {
        inNamespace(
                "{pod-security.kubernetes.io/enforce: baseline, pod-security.kubernetes.io/enforce-version: v1.29}");
        ObjectValue deployment = new ObjectValue().put("spec", new ObjectValue().put("template", ROOT.copy()));
        plugin.validate(requests.create("apps/deployments", "Deployment", deployment));
        assertEquals(
                List.of("would violate PodSecurity \"baseline:v1.29\": privileged (container \"a\" must not set "
                        + "securityContext.privileged=true)"),
                requests.warnings());
        plugin.validate(requests.create("apps/controllerrevisions", "ControllerRevision", deployment));
        assertEquals(1, requests.warnings().size());
    }

    @Test
    void onlyUpdatesThatChangeWhatRunsAreLookedAt() {
        inNamespace("{pod-security.kubernetes.io/enforce: baseline}");
        ObjectValue relabeled = ROOT.copy();
        relabeled.objectOrNew("metadata").put("labels", tree("{a: b}"));
        plugin.validate(requests.update("pods", "Pod", relabeled, ROOT));
        ObjectValue other = tree(
                "{metadata: {name: p}, spec: {containers: [{name: a, image: j, securityContext: {privileged: true}}]}}");
        refusal(requests.update("pods", "Pod", other, ROOT));
        ObjectValue debugged = ROOT.copy();
        debugged.objectOrNew("spec")
                .put(
                        "ephemeralContainers",
                        tree("{x: [{name: d, image: i}]}").at("x").get());
        refusal(requests.update("pods", "Pod", debugged, ROOT));
    }

    @Test
    void wrongLabelsAreRefusedAndFailClosedWhereTheyAreThere() {
        assertEquals(
                "Namespace \"ns\" is invalid: [metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: \"x\":"
                        + " must be one of privileged, baseline, restricted, "
                        + "metadata.labels[pod-security.kubernetes.io/warn-version]: Invalid value: \"v1.01\": must be "
                        + "\"latest\" or \"v1.x\"]",
                refusal(requests.create(
                        "namespaces",
                        "Namespace",
                        namespace("{pod-security.kubernetes.io/enforce: x,"
                                + " pod-security.kubernetes.io/warn-version: v1.01}"))));
        inNamespace("{pod-security.kubernetes.io/enforce: x}");
        refusal(requests.create("pods", "Pod", ROOT));
        assertEquals(
                "Failed to parse policy: metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: \"x\": must"
                        + " be one of privileged, baseline, restricted",
                requests.annotations().get("pod-security.kubernetes.io/error"));
        // A wrong label that was there before keeps nobody from changing others.
        plugin.validate(requests.update(
                "namespaces",
                "Namespace",
                namespace("{pod-security.kubernetes.io/enforce: x, a: b}"),
                namespace("{pod-security.kubernetes.io/enforce: x}")));
    }

    @Test
    void aStricterNamespaceWarnsOfThePodsInIt() {
        for (String name : List.of("c", "b", "a")) {
            ObjectValue pod = ROOT.copy();
            pod.objectOrNew("metadata").put("name", name).put("namespace", "ns");
            objects.create(Resources.PODS, pod);
        }
        objects.create(
                Resources.PODS,
                tree("{metadata: {name: z, namespace: ns}, spec: {hostPID: true, containers: [{name: a}]}}"));
        plugin.validate(requests.update(
                "namespaces",
                "Namespace",
                namespace("{pod-security.kubernetes.io/enforce: baseline}"),
                namespace("{}")));
        assertEquals(
                List.of(
                        "existing pods in namespace \"ns\" violate the new PodSecurity enforce level \"baseline:latest\"",
                        "a (and 2 other pods): privileged",
                        "z: host namespaces"),
                requests.warnings());
        requests.warnings().clear();
        plugin.validate(requests.update(
                "namespaces",
                "Namespace",
                namespace("{pod-security.kubernetes.io/enforce: privileged}"),
                namespace("{pod-security.kubernetes.io/enforce: baseline}")));
        assertEquals(List.of(), requests.warnings());
    }

    @Test
    void onlySoManyPodsAreLookedAtOneOfEachControllerFirst() {
        ObjectValue one = tree("{metadata: {name: a, ownerReferences: [{uid: u, controller: true}]}}");
        ObjectValue two = one.copy();
        two.objectOrNew("metadata").put("name", "b");
        ObjectValue bad = tree("{metadata: {name: c}, spec: {hostPID: true}}");
        Standard baseline = new Standard(Level.BASELINE, Release.LATEST);
        assertEquals(
                List.of(
                        "new PodSecurity enforce level only checked against the first 2 of 3 existing pods",
                        "existing pods in namespace \"ns\" violate the new PodSecurity enforce level \"baseline:latest\"",
                        "c: host namespaces"),
                ExistingPods.warnings("ns", baseline, List.of(one, two, bad), 2, () -> false));
        assertEquals(
                List.of("new PodSecurity enforce level only checked against the first 1 of 3 existing pods"),
                ExistingPods.warnings("ns", baseline, List.of(one, two, bad), 9, () -> true));
    }

    @Test
    void whoIsExemptIsLetIn() {
        plugin = new PodSecurityPlugin(objects, Optional.of(tree("""
                                apiVersion: pod-security.admission.config.k8s.io/v1
                                kind: PodSecurityConfiguration
                                defaults: {enforce: baseline}
                                exemptions: {usernames: [root], runtimeClasses: [vm], namespaces: [free]}
                                """)), new Metrics());
        inNamespace("{}");
        objects.create(Resources.NAMESPACES, tree("{metadata: {name: free}}"));
        refusal(requests.create("pods", "Pod", ROOT));
        ObjectValue vm = ROOT.copy();
        vm.objectOrNew("spec").put("runtimeClassName", "vm");
        plugin.validate(requests.create("pods", "Pod", vm));
        assertEquals("runtimeClass", requests.annotations().get("pod-security.kubernetes.io/exempt"));
        ObjectValue free = ROOT.copy();
        free.objectOrNew("metadata").put("namespace", "free");
        plugin.validate(requests.create("pods", "Pod", free));
        plugin.validate(requests.by("root").create("pods", "Pod", ROOT));
        assertEquals("user", requests.annotations().get("pod-security.kubernetes.io/exempt"));
        plugin.validate(requests.create(
                "namespaces",
                "Namespace",
                tree("{metadata: {name: free, labels: {pod-security.kubernetes.io/enforce: restricted}}}")));
        assertEquals(
                List.of(
                        "namespace \"free\" is exempt from Pod Security, and the policy (enforce=restricted:latest) will "
                                + "be ignored"),
                requests.warnings());
    }

    @Test
    void aWrongConfigurationIsToldAtOnce() {
        ObjectValue wrong = tree("""
                apiVersion: pod-security.admission.config.k8s.io/v1
                kind: PodSecurityConfiguration
                defaults: {enforce: strict}
                exemptions: {usernames: ['', a, a]}
                """);
        assertEquals(
                "defaults.enforce: Invalid value: \"strict\": must be one of privileged, baseline, restricted, "
                        + "exemptions.usernames[0]: Invalid value: \"\": username must not be empty, "
                        + "exemptions.usernames[2]: Duplicate value: \"a\"",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new PodSecurityPlugin(objects, Optional.of(wrong), new Metrics()))
                        .getMessage());
    }
}
