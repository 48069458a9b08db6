package io.argosy.apiserver.admission.podsecurity;

import static io.argosy.apiserver.admission.Requests.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardsTest {

    /** A pod that the newest restricted standard lets in. */
    private static final String GOOD = """
            metadata: {name: p, annotations: {}}
            spec:
              securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
              containers:
              - name: a
                securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
            """;

    private static List<Violation> violations(String standard, ObjectValue pod) {
        String[] parts = standard.split(":", 2);
        return Standards.violations(
                new Standard(
                        Level.parse(parts[0]).orElseThrow(),
                        Release.parse(parts[1]).orElseThrow()),
                PodView.of(pod));
    }

    private static String details(String standard, ObjectValue pod) {
        return Violation.details(violations(standard, pod));
    }

    @Test
    void aGoodPodIsLetInByEveryRelease() {
        for (int minor = 0; minor < 40; minor++) {
            assertEquals(List.of(), violations("restricted:v1." + minor, tree(GOOD)), "v1." + minor);
        }
    }

    @Test
    void everythingIsTold() {
        ObjectValue pod = tree("""
                metadata: {annotations: {container.apparmor.security.beta.kubernetes.io/a: un"x}}
                spec:
                  hostNetwork: true
                  hostIPC: true
                  securityContext:
                    appArmorProfile: {type: Unconfined}
                    seccompProfile: {type: Unconfined}
                    seLinuxOptions: {type: t, user: u, role: r}
                    sysctls: [{name: kernel.msgmax}, {name: net.ipv4.tcp_rmem}]
                    windowsOptions: {hostProcess: true}
                    runAsUser: 0
                    runAsNonRoot: false
                  initContainers:
                  - {name: i, securityContext: {privileged: true, procMount: Unmasked, runAsUser: 0}}
                  containers:
                  - name: a
                    ports: [{hostPort: 90}, {hostPort: 8}]
                    livenessProbe: {httpGet: {host: h}}
                    lifecycle: {preStop: {tcpSocket: {host: g}}}
                    securityContext: {capabilities: {add: [NET_ADMIN, CHOWN]}}
                  volumes: [{name: v, hostPath: {path: /}}, {name: w, nfs: {}}, {name: x, emptyDir: {}}]
                """);
        assertEquals(
                "forbidden AppArmor profiles (pod and annotation must not set AppArmor profile type to \"Unconfined\","
                        + " \"container.apparmor.security.beta.kubernetes.io/a=\"un\\\"x\"\"), "
                        + "host namespaces (hostNetwork=true, hostIPC=true), "
                        + "hostPort (container \"a\" uses hostPorts 8, 90), "
                        + "probe or lifecycle host (container \"a\" uses probe or lifecycle hosts \"g\", \"h\"), "
                        + "privileged (container \"i\" must not set securityContext.privileged=true), "
                        + "seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: type \"t\"; user may not be"
                        + " set; role may not be set), "
                        + "forbidden sysctls (kernel.msgmax), "
                        + "hostProcess (pod must not set securityContext.windowsOptions.hostProcess=true), "
                        + "allowPrivilegeEscalation != false (containers \"i\", \"a\" must set"
                        + " securityContext.allowPrivilegeEscalation=false), "
                        + "unrestricted capabilities (containers \"i\", \"a\" must set"
                        + " securityContext.capabilities.drop=[\"ALL\"]; container \"a\" must not include \"CHOWN\","
                        + " \"NET_ADMIN\" in securityContext.capabilities.add), "
                        + "procMount (container \"i\" must not set securityContext.procMount to \"Unmasked\"), "
                        + "restricted volume types (volumes \"v\", \"w\" use restricted volume types \"hostPath\","
                        + " \"nfs\"), "
                        + "runAsNonRoot != true (pod must not set securityContext.runAsNonRoot=false), "
                        + "runAsUser=0 (pod and container \"i\" must not set runAsUser=0), "
                        + "seccompProfile (pod must not set securityContext.seccompProfile.type to \"Unconfined\")",
                details("restricted:latest", pod));
        assertEquals(
                "non-default capabilities (container \"a\" must not include \"NET_ADMIN\" in"
                        + " securityContext.capabilities.add), hostPath volumes (volume \"v\")",
                Violation.details(violations("baseline:latest", pod).stream()
                        .filter(violation -> violation.reason().matches("non-default.*|hostPath vol.*"))
                        .toList()));
        assertEquals(List.of(), violations("privileged:latest", pod));
    }

    @ParameterizedTest
    @CsvSource({
        "baseline, 'hostUsers: false, securityContext: {}, containers: [{name: a, securityContext: {procMount: Unmasked}}]', 34, 35",
        "restricted, 'hostUsers: false, securityContext: {runAsNonRoot: false, seccompProfile: {type: Localhost}}', 34, 35",
        "restricted, 'hostUsers: false, securityContext: {runAsNonRoot: true, runAsUser: 0, seccompProfile: {type: Localhost}}', 34, 35",
        "baseline, 'securityContext: {seLinuxOptions: {type: container_engine_t}}', 30, 31",
        "baseline, 'securityContext: {sysctls: [{name: net.ipv4.ip_local_reserved_ports}]}', 26, 27",
        "baseline, 'securityContext: {sysctls: [{name: net.ipv4.tcp_keepalive_time}]}', 28, 29",
        "baseline, 'securityContext: {sysctls: [{name: net.ipv4.tcp_wmem}]}', 31, 32",
        "restricted, 'os: {name: windows}, securityContext: {runAsNonRoot: true}, containers: [{name: a}]', 24, 25",
    })
    void releasesAllowMore(String level, String spec, int refusing, int allowing) {
        ObjectValue pod = tree("{spec: {" + spec + "}}");
        assertEquals(1, Math.min(1, violations(level + ":v1." + refusing, pod).size()));
        assertEquals(List.of(), violations(level + ":v1." + allowing, pod));
    }

    @ParameterizedTest
    @CsvSource({
        "baseline, 'containers: [{name: a, livenessProbe: {httpGet: {host: h}}}]', 33, 34",
        "restricted, 'securityContext: {runAsNonRoot: true}, containers: [{name: a}]', 7, 8",
        "restricted, 'securityContext: {runAsNonRoot: true}', 18, 19",
        "restricted, 'securityContext: {runAsNonRoot: true, runAsUser: 0, seccompProfile: {type: Localhost}}', 22, 23",
    })
    void releasesAllowLess(String level, String spec, int allowing, int refusing) {
        // Where nothing can lack what containers must have, a container that is otherwise good is added.
        ObjectValue pod = tree("{spec: {" + spec + "}}");
        if (!pod.object("spec").orElseThrow().has("containers")) {
            pod.objectOrNew("spec")
                    .put("containers", tree(GOOD).at("spec", "containers").orElseThrow());
        }
        assertEquals(List.of(), violations(level + ":v1." + allowing, pod));
        assertEquals(1, Math.min(1, violations(level + ":v1." + refusing, pod).size()));
    }

    @Test
    void seccompWasAnAnnotationBeforeItWasAField() {
        ObjectValue pod = tree("""
                metadata:
                  annotations:
                    seccomp.security.alpha.kubernetes.io/pod: unconfined
                    container.seccomp.security.alpha.kubernetes.io/a: localhost/x
                    container.seccomp.security.alpha.kubernetes.io/other: unconfined
                spec: {containers: [{name: a}]}
                """);
        assertEquals(
                "seccompProfile (forbidden annotation seccomp.security.alpha.kubernetes.io/pod=\"unconfined\")",
                details("baseline:v1.18", pod));
        assertEquals("", details("baseline:v1.19", pod));
    }
}
