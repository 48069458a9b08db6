package io.argosy.apimodel.defaults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.definition.BuiltIns;
import io.argosy.apimodel.definition.Definitions;
import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.tree.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of sparse objects; the expected objects are what a Kubernetes v1.36 server makes of the given ones. */
final class DefaultsTest {

    private static final Definitions DEFINITIONS = BuiltIns.definitions();

    static Stream<Arguments> objects() {
        return Stream.of(
                Arguments.of("v1 Secret", "{data: {a: Yg==}}", "{data: {a: Yg==}, type: Opaque}"),
                Arguments.of(
                        "v1 Namespace",
                        "{metadata: {name: t}}",
                        "{metadata: {name: t, labels: {kubernetes.io/metadata.name: t}}, status: {phase: Active}}"),
                Arguments.of(
                        "v1 PodTemplate",
                        "{template: {spec: {serviceAccount: a}}}",
                        "{template: {spec: {serviceAccount: a, serviceAccountName: a, dnsPolicy: ClusterFirst, "
                                + "restartPolicy: Always, schedulerName: default-scheduler, securityContext: {}, "
                                + "terminationGracePeriodSeconds: 30}}}"),
                Arguments.of("v1 Pod", """
                        spec:
                          hostNetwork: true
                          containers:
                          - {name: a, image: "x:1", ports: [{containerPort: 80}], resources: {limits: {cpu: 100u}}}
                          volumes: [{name: v}, {name: s, secret: {secretName: x}}]
                        """, """
                        spec:
                          hostNetwork: true
                          containers:
                          - name: a
                            image: "x:1"
                            imagePullPolicy: IfNotPresent
                            ports: [{containerPort: 80, hostPort: 80, protocol: TCP}]
                            resources: {limits: {cpu: 1m}, requests: {cpu: 1m}}
                            terminationMessagePath: /dev/termination-log
                            terminationMessagePolicy: File
                          volumes: [{name: v, emptyDir: {}}, {name: s, secret: {secretName: x, defaultMode: 420}}]
                          dnsPolicy: ClusterFirst
                          restartPolicy: Always
                          schedulerName: default-scheduler
                          securityContext: {}
                          terminationGracePeriodSeconds: 30
                          enableServiceLinks: true
                        """),
                Arguments.of("v1 Pod", """
                        spec:
                          resources: {limits: {cpu: 2, memory: 1Gi}}
                          containers: [{name: a, image: x, resources: {requests: {cpu: 100m}}}]
                        """, """
                        spec:
                          resources: {limits: {cpu: 2, memory: 1Gi}, requests: {cpu: 100m, memory: 1Gi}}
                          containers:
                          - name: a
                            image: x
                            imagePullPolicy: Always
                            resources: {requests: {cpu: 100m}}
                            terminationMessagePath: /dev/termination-log
                            terminationMessagePolicy: File
                          dnsPolicy: ClusterFirst
                          restartPolicy: Always
                          schedulerName: default-scheduler
                          securityContext: {}
                          terminationGracePeriodSeconds: 30
                          enableServiceLinks: true
                        """),
                Arguments.of("v1 Service", "{spec: {ports: [{port: 80}]}}", """
                        spec:
                          type: ClusterIP
                          sessionAffinity: None
                          internalTrafficPolicy: Cluster
                          ports: [{port: 80, protocol: TCP, targetPort: 80}]
                        """),
                Arguments.of("v1 Service", "{spec: {type: LoadBalancer, sessionAffinity: ClientIP}}", """
                        spec:
                          type: LoadBalancer
                          sessionAffinity: ClientIP
                          sessionAffinityConfig: {clientIP: {timeoutSeconds: 10800}}
                          internalTrafficPolicy: Cluster
                          externalTrafficPolicy: Cluster
                          allocateLoadBalancerNodePorts: true
                        """),
                Arguments.of(
                        "v1 LimitRange",
                        "{spec: {limits: [{type: Container, max: {cpu: '2'}, min: {memory: 1Mi}}]}}",
                        """
                        spec:
                          limits:
                          - type: Container
                            max: {cpu: '2'}
                            min: {memory: 1Mi}
                            default: {cpu: '2'}
                            defaultRequest: {cpu: '2', memory: 1Mi}
                        """),
                Arguments.of("apps/v1 Deployment", "{spec: {strategy: {type: Recreate}, replicas: 0}}", """
                        spec:
                          replicas: 0
                          revisionHistoryLimit: 10
                          progressDeadlineSeconds: 600
                          strategy: {type: Recreate}
                          template: {spec: %s}
                        """.formatted(
                                POD_SPEC)),
                Arguments.of(
                        "apps/v1 StatefulSet", "{spec: {volumeClaimTemplates: [{metadata: {name: v}}]}}", """
                        spec:
                          replicas: 1
                          revisionHistoryLimit: 10
                          podManagementPolicy: OrderedReady
                          updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 0}}
                          persistentVolumeClaimRetentionPolicy: {whenDeleted: Retain, whenScaled: Retain}
                          volumeClaimTemplates:
                          - apiVersion: v1
                            kind: PersistentVolumeClaim
                            metadata: {name: v}
                            spec: {volumeMode: Filesystem}
                            status: {phase: Pending}
                          template: {spec: %s}
                        """.formatted(
                                        POD_SPEC)),
                Arguments.of(
                        "batch/v1 Job",
                        "{spec: {backoffLimitPerIndex: 1, parallelism: 2, podFailurePolicy: {}}}",
                        """
                        spec:
                          backoffLimit: 2147483647
                          backoffLimitPerIndex: 1
                          parallelism: 2
                          completionMode: NonIndexed
                          suspend: false
                          manualSelector: false
                          podFailurePolicy: {}
                          podReplacementPolicy: Failed
                          template: {spec: %s}
                        """.formatted(POD_SPEC)),
                Arguments.of(
                        "networking.k8s.io/v1 NetworkPolicy",
                        "{spec: {egress: [{ports: [{port: 53}]}]}}",
                        "{spec: {egress: [{ports: [{port: 53, protocol: TCP}]}], policyTypes: [Ingress, Egress]}}"),
                Arguments.of(
                        "rbac.authorization.k8s.io/v1 ClusterRoleBinding",
                        "{roleRef: {kind: ClusterRole}, subjects: [{kind: User}, {kind: ServiceAccount}]}",
                        """
                        roleRef: {kind: ClusterRole, apiGroup: rbac.authorization.k8s.io}
                        subjects: [{kind: User, apiGroup: rbac.authorization.k8s.io}, {kind: ServiceAccount}]
                        """),
                Arguments.of(
                        "autoscaling/v2 HorizontalPodAutoscaler",
                        "{spec: {behavior: {scaleDown: {stabilizationWindowSeconds: 5}}}}",
                        """
                        spec:
                          minReplicas: 1
                          metrics:
                          - type: Resource
                            resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}
                          behavior:
                            scaleUp:
                              stabilizationWindowSeconds: 0
                              selectPolicy: Max
                              policies:
                              - {type: Pods, value: 4, periodSeconds: 15}
                              - {type: Percent, value: 100, periodSeconds: 15}
                            scaleDown:
                              stabilizationWindowSeconds: 5
                              selectPolicy: Max
                              policies: [{type: Percent, value: 100, periodSeconds: 15}]
                        """),
                Arguments.of(
                        "apiextensions.k8s.io/v1 CustomResourceDefinition",
                        "{spec: {names: {kind: Widget}, versions: [{name: v1}, {name: v2, storage: true}]}}",
                        """
                        spec:
                          names: {kind: Widget, singular: widget, listKind: WidgetList}
                          conversion: {strategy: None}
                          versions: [{name: v1}, {name: v2, storage: true}]
                        status: {storedVersions: [v2]}
                        """));
    }

    private static final String POD_SPEC =
            "{dnsPolicy: ClusterFirst, restartPolicy: Always, schedulerName: default-scheduler, "
                    + "securityContext: {}, terminationGracePeriodSeconds: 30}";

    @ParameterizedTest
    @MethodSource("objects")
    void sparseObjectsAreFilled(String kind, String given, String expected) {
        String[] words = kind.split(" ");
        GroupVersion version = GroupVersion.parse(words[0]);
        GroupVersionKind of = version.kind(words[1]);
        ObjectValue tree = read(given);
        Defaults.apply(
                tree,
                DEFINITIONS.find(of).orElseThrow().version(version.version()).orElseThrow());
        assertEquals(read(expected), tree);
    }

    private static ObjectValue read(String yaml) {
        return (ObjectValue) YamlReader.read(yaml.getBytes(StandardCharsets.UTF_8));
    }
}
