package io.argosy.apimodel.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.tree.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Evaluators evaluators = new Evaluators(DeviceClasses.NONE);

    private static ObjectValue tree(String yaml) {
        return (ObjectValue) YamlReader.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private Evaluator of(String group, String resource) {
        return evaluators.of(new GroupResource(group, resource)).orElseThrow();
    }

    private String usage(String group, String resource, String yaml) {
        return of(group, resource).usage(tree(yaml), NOW).toString();
    }

    @Test
    void aPodUsesWhatItsContainersAskForTogether() {
        assertEquals(
                "count/pods=1,cpu=3,hugepages-2Mi=4Mi,limits.cpu=2,memory=1Gi,pods=1,requests.cpu=3,"
                        + "requests.example.com/gpu=2,requests.hugepages-2Mi=4Mi,requests.memory=1Gi",
                usage("", "pods", """
                        spec:
                          containers:
                          - name: a
                            resources: {requests: {cpu: "1", memory: 1Gi, example.com/gpu: "2"}, limits: {cpu: "2"}}
                          - name: b
                            resources: {requests: {cpu: 500m, hugepages-2Mi: 4Mi}}
                          initContainers:
                          - {name: side, restartPolicy: Always, resources: {requests: {cpu: "1"}}}
                          - {name: first, resources: {requests: {cpu: "2"}}}
                        """));
    }

    @Test
    void whatThePodSaysAsAWholeGoesBeforeItsContainersAndOverheadIsAdded() {
        assertEquals(
                "count/pods=1,cpu=1100m,limits.cpu=4100m,limits.memory=1Gi,pods=1,requests.cpu=1100m",
                usage("", "pods", """
                        spec:
                          resources: {requests: {cpu: "1"}, limits: {cpu: "4"}}
                          overhead: {cpu: 100m}
                          containers:
                          - {name: a, resources: {requests: {cpu: "3"}, limits: {memory: 1Gi}}}
                        """));
    }

    @ParameterizedTest
    @CsvSource({"'',4", "Infeasible,3", "Deferred,4"})
    void aPodThatIsResizedUsesTheMostOfWhatItHadAndGets(String reason, String cpu) {
        String usage = usage("", "pods", """
                spec: {containers: [{name: a, resources: {requests: {cpu: "4"}}}]}
                status:
                  conditions: [{type: PodResizePending, reason: "%s"}]
                  containerStatuses:
                  - {name: a, resources: {requests: {cpu: "2"}}, allocatedResources: {cpu: "3"}}
                """.formatted(reason));
        assertTrue(usage.endsWith(",requests.cpu=" + cpu), usage);
    }

    @Test
    void aPodThatHasEndedIsOnlyAnObject() {
        assertEquals("count/pods=1", usage("", "pods", "{status: {phase: Succeeded}}"));
        String leaving = "{metadata: {deletionTimestamp: '%s', deletionGracePeriodSeconds: 30}}";
        assertEquals("count/pods=1", usage("", "pods", leaving.formatted("2025-12-31T23:59:29Z")));
        assertEquals("count/pods=1,pods=1", usage("", "pods", leaving.formatted("2025-12-31T23:59:30Z")));
    }

    @Test
    void aContainerMustSayWhatIsLimited() {
        ObjectValue pod = tree("""
                spec:
                  containers: [{name: b}, {name: a, resources: {requests: {cpu: "1"}}}]
                  initContainers: [{name: c}]
                """);
        Evaluator pods = of("", "pods");
        Set<String> limited = new TreeSet<>(Set.of("requests.cpu", "limits.memory", "pods"));
        assertEquals(
                Optional.of("must specify limits.memory for: a,b,c; requests.cpu for: b,c"),
                pods.missing(limited, pod));
        assertEquals(Optional.empty(), pods.missing(Set.of("pods", "ephemeral-storage"), pod));
        assertEquals(
                Optional.empty(),
                pods.missing(limited, tree("{spec: {resources: {requests: {cpu: '1'}}, containers: [{name: a}]}}")));
    }

    @ParameterizedTest
    @CsvSource({
        "Terminating,false",
        "NotTerminating,true",
        "BestEffort,false",
        "NotBestEffort,true",
        "CrossNamespacePodAffinity,true",
        "PriorityClass,true",
        "VolumeAttributesClass,false"
    })
    void scopesTakePods(String scope, boolean takes) {
        ObjectValue pod = tree("""
                spec:
                  priorityClassName: high
                  containers: [{name: a, resources: {limits: {memory: 1Mi}}}]
                  affinity:
                    podAntiAffinity:
                      preferredDuringSchedulingIgnoredDuringExecution:
                      - {weight: 1, podAffinityTerm: {namespaceSelector: {}}}
                """);
        ObjectValue spec = tree("{scopes: [" + scope + "]}");
        assertEquals(takes, of("", "pods").inScope(ScopeRule.of(spec).getFirst(), pod));
    }

    @ParameterizedTest
    @CsvSource({"In,high,true", "In,low,false", "NotIn,low,true", "NotIn,high,false", "DoesNotExist,'',false"})
    void selectorsTakePriorityClasses(String operator, String value, boolean takes) {
        ObjectValue spec = tree("{scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: " + operator
                + ", values: [" + value + "]}]}}");
        ObjectValue pod = tree("{spec: {priorityClassName: high}}");
        assertEquals(takes, of("", "pods").inScope(ScopeRule.of(spec).getFirst(), pod));
    }

    @ParameterizedTest
    @CsvSource({
        "ClusterIP,'',0,0",
        "NodePort,'',2,0",
        "LoadBalancer,'',2,1",
        "LoadBalancer,'allocateLoadBalancerNodePorts: false,',1,1"
    })
    void servicesUseNodePortsAndLoadBalancers(String type, String more, int ports, int balancers) {
        assertEquals(
                "count/services=1,services=1,services.loadbalancers=" + balancers + ",services.nodeports=" + ports,
                usage(
                        "",
                        "services",
                        "{spec: {type: " + type + ", " + more + " ports: [{nodePort: 30000}, {port: 1}]}}"));
    }

    @Test
    void claimsUseStorageOfTheirClassRoundedUpAndWhatAFailedExpansionHolds() {
        String yaml = "{spec: {storageClassName: gold, resources: {requests: {storage: 1500m}}}, status: %s}";
        assertEquals(
                "count/persistentvolumeclaims=1,gold.storageclass.storage.k8s.io/persistentvolumeclaims=1,"
                        + "gold.storageclass.storage.k8s.io/requests.storage=2,persistentvolumeclaims=1,requests.storage=2",
                usage("", "persistentvolumeclaims", yaml.formatted("{}")));
        assertTrue(usage("", "persistentvolumeclaims", yaml.formatted("{allocatedResources: {storage: 1Gi}}"))
                .endsWith(",requests.storage=1Gi"));
    }

    @Test
    void aClaimThatChangesItsAttributesClassHasBoth() {
        ObjectValue claim =
                tree("{spec: {volumeAttributesClassName: new}, status: {currentVolumeAttributesClassName: old}}");
        for (String name : Set.of("old", "new")) {
            ScopeRule rule = new ScopeRule("VolumeAttributesClass", "In", java.util.List.of(name));
            assertTrue(of("", "persistentvolumeclaims").inScope(rule, claim));
        }
        assertTrue(of("", "persistentvolumeclaims")
                .charges("status", Optional.of(tree("{spec: {volumeAttributesClassName: new}}")), claim));
    }

    @Test
    void claimsOfDevicesUseTheMostThatAnAlternativeTakes() {
        assertEquals(
                "count/resourceclaims.resource.k8s.io=1,fast.deviceclass.resource.k8s.io/devices=35,"
                        + "requests.deviceclass.resource.kubernetes.io/fast=35,"
                        + "requests.deviceclass.resource.kubernetes.io/slow=4,slow.deviceclass.resource.k8s.io/devices=4",
                usage("resource.k8s.io", "resourceclaims", """
                        spec:
                          devices:
                            requests:
                            - exactly: {deviceClassName: fast, allocationMode: All}
                            - firstAvailable:
                              - {deviceClassName: fast, allocationMode: ExactCount, count: 3}
                              - {deviceClassName: fast, allocationMode: ExactCount, count: 2}
                              - {deviceClassName: slow, allocationMode: ExactCount, count: 4}
                        """));
    }

    @Test
    void otherResourcesAreCounted() {
        assertEquals("count/deployments.apps=1", usage("apps", "deployments", "{}"));
        assertEquals("configmaps=1,count/configmaps=1", usage("", "configmaps", "{}"));
        assertTrue(evaluators.of(new GroupResource("events.k8s.io", "events")).isEmpty());
    }

    @Test
    void limitsNameWhatMeasuresThem() {
        Set<String> resources = new TreeSet<>();
        evaluators
                .measuring(Set.of("count/foos.example.com", "secrets", "requests.nvidia.com/gpu", "count/pods", "foo"))
                .forEach(evaluator -> resources.add(evaluator.resource().toString()));
        assertEquals(Set.of("foos.example.com", "secrets", "pods"), resources);
    }

    @Test
    void anUpdateOfAPodChargesOnlyWhenItMovesBetweenScopesOrIsResized() {
        Evaluator pods = of("", "pods");
        ObjectValue plain = tree("{spec: {}}");
        ObjectValue ending = tree("{spec: {activeDeadlineSeconds: 5}}");
        assertFalse(pods.charges("", Optional.of(plain), plain));
        assertTrue(pods.charges("", Optional.of(plain), ending));
        assertTrue(pods.charges("resize", Optional.of(plain), plain));
        assertFalse(pods.charges("status", Optional.of(plain), ending));
    }

    @Test
    void whatFreesIsNoticed() {
        Evaluator pods = of("", "pods");
        ObjectValue running =
                tree("{status: {phase: Running, containerStatuses: [{name: a, resources: {requests: {cpu: 2}}}]}}");
        ObjectValue smaller =
                tree("{status: {phase: Running, containerStatuses: [{name: a, resources: {requests: {cpu: 1}}}]}}");
        assertFalse(pods.frees(running, running.copy(), NOW));
        assertTrue(pods.frees(running, smaller, NOW));
        assertTrue(pods.frees(tree("{status: {phase: Running}}"), tree("{status: {phase: Failed}}"), NOW));
        Evaluator services = of("", "services");
        assertTrue(services.frees(tree("{spec: {type: NodePort}}"), tree("{spec: {type: ClusterIP}}"), NOW));
        assertFalse(services.frees(tree("{spec: {type: ExternalName}}"), tree("{spec: {type: ClusterIP}}"), NOW));
    }
}
