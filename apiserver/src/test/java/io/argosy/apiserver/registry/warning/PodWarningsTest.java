package io.argosy.apiserver.registry.warning;

import static io.argosy.apiserver.admission.Requests.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.apiserver.registry.lifecycle.Validation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The texts are those of a Kubernetes v1.36 server. */
class PodWarningsTest {

    @Test
    void podsThatAreValidAndProbablyNotMeantSo() {
        assertEquals(
                List.of(
                        "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a"
                                + " DNS label is recommended: [must not contain dots]",
                        "spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use \"kubernetes.io/os\""
                                + " instead",
                        "spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod",
                        "metadata.annotations[scheduler.alpha.kubernetes.io/critical-pod]: non-functional in v1.16+; use"
                                + " the \"priorityClassName\" field instead",
                        "spec.volumes[0].storageOS: deprecated in v1.22, non-functional in v1.25+",
                        "spec.imagePullSecrets[1].name: duplicate name \"s\"",
                        "metadata.annotations[container.seccomp.security.alpha.kubernetes.io/b]: non-functional in"
                                + " v1.27+; use the \"seccompProfile\" field instead",
                        "spec.containers[0].resources.limits[memory]: fractional byte value \"100m\" is invalid, must be"
                                + " an integer",
                        "spec.containers[0].env[1]: hides previous definition of \"E\", which may be dropped when using"
                                + " apply",
                        "spec.containers[0].ports[1]: duplicate port definition with spec.initContainers[0].ports[0]",
                        "spec.containers[0].ports[2]: dangerously ambiguous port definition with"
                                + " spec.containers[0].ports[0]",
                        "spec.containers[0].ports[1]: duplicate port name \"p\" with spec.initContainers[0].ports[0],"
                                + " services and probes that select ports by name will use"
                                + " spec.initContainers[0].ports[0]",
                        "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector: a"
                                + " null labelSelector results in matching no pod"),
                PodWarnings.ofPod(tree("""
                                metadata:
                                  name: a.b
                                  annotations:
                                    scheduler.alpha.kubernetes.io/critical-pod: ""
                                    container.seccomp.security.alpha.kubernetes.io/b: x
                                    container.apparmor.security.beta.kubernetes.io/b: unconfined
                                spec:
                                  nodeSelector: {beta.kubernetes.io/os: linux}
                                  topologySpreadConstraints: [{topologyKey: a, labelSelector: null}]
                                  volumes: [{name: v, storageos: {}}]
                                  imagePullSecrets: [{name: s}, {name: s}]
                                  affinity:
                                    podAffinity:
                                      requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: a}]
                                  initContainers:
                                  - {name: i, ports: [{name: p, containerPort: 80, protocol: TCP}]}
                                  containers:
                                  - name: b
                                    resources: {limits: {memory: 100m}}
                                    env: [{name: E, value: x}, {name: E, value: y}, {name: E, value: "$(E)z"}]
                                    ports:
                                    - {containerPort: 1, protocol: TCP, hostPort: 5, hostIP: 1.1.1.1}
                                    - {name: p, containerPort: 80, protocol: TCP}
                                    - {containerPort: 1, protocol: TCP, hostPort: 5}
                                """)));
    }

    @Test
    void templatesAreWarnedOfWhereTheyAre() {
        Validation jobs = Warned.of(Map.of()).get("cronjobs.batch");
        assertEquals(
                List.of(
                        "metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior;"
                                + " a DNS label is recommended: [must not contain dots]",
                        "spec.jobTemplate.spec.template.metadata.annotations"
                                + "[container.apparmor.security.beta.kubernetes.io/a]: deprecated since v1.30; use the"
                                + " \"appArmorProfile\" field instead"),
                jobs.warnings(tree("""
                                metadata: {name: a.b}
                                spec:
                                  jobTemplate:
                                    spec:
                                      template:
                                        metadata:
                                          annotations: {container.apparmor.security.beta.kubernetes.io/a: unconfined}
                                        spec: {containers: [{name: a}]}
                                """)));
    }
}
