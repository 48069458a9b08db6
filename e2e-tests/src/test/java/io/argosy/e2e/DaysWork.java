package io.argosy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What people do with a cluster in a day, by stock kubectl, in a namespace of its own: every step checks what it sees.
 *
 * @param machine the cluster's only node, with {@link ToolImage} imported
 */
record DaysWork(Kubectl kubectl, Machine machine, String namespace) {

    private static final String MANIFEST = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: site}
            data: {index.html: "hello from the config map\\n", greeting: hello}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: key}
            stringData: {password: s3cret}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, labels: {app: web}}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  terminationGracePeriodSeconds: 1
                  containers:
                  - name: httpd
                    image: argosy.io/e2e-tools:1
                    command: [httpd, -f, -p, "8080", -h, /site]
                    env:
                    - {name: GREETING, valueFrom: {configMapKeyRef: {name: site, key: greeting}}}
                    - {name: PASSWORD, valueFrom: {secretKeyRef: {name: key, key: password}}}
                    ports: [{containerPort: 8080}]
                    readinessProbe: {httpGet: {path: /index.html, port: 8080}, periodSeconds: 1}
                    livenessProbe: {tcpSocket: {port: 8080}, periodSeconds: 5}
                    resources: {requests: {cpu: 10m, memory: 8Mi}, limits: {memory: 32Mi}}
                    volumeMounts: [{name: site, mountPath: /site}]
                  volumes: [{name: site, configMap: {name: site}}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec:
              type: NodePort
              selector: {app: web}
              ports: [{port: 80, targetPort: 8080}]
            """;

    private static final String CRD = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: widgets.example.com}
            spec:
              group: example.com
              scope: Namespaced
              names: {plural: widgets, singular: widget, kind: Widget, shortNames: [wd]}
              versions:
              - name: v1
                served: true
                storage: true
                additionalPrinterColumns: [{name: Size, type: integer, jsonPath: .spec.size}]
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec:
                        type: object
                        properties: {size: {type: integer, minimum: 1}, color: {type: string, default: blue}}
            """;

    /** The names of pods that are not about to go, as those of the former rollout may still be. */
    private static final String STAYING =
            "{{range .items}}{{if not .metadata.deletionTimestamp}}{{.metadata.name}} {{end}}{{end}}";

    /** One day, from the morning's apply until all of it is deleted. */
    static void goes(Kubectl kubectl, Machine machine, String namespace) throws Exception {
        DaysWork day = new DaysWork(kubectl, machine, namespace);
        kubectl.must("create", "namespace", namespace);
        day.deploys();
        day.reachesServices();
        day.rollsOut();
        day.looksInside();
        day.changesObjects();
        day.runsAJob();
        day.extendsTheApi();
        day.looksAfterNodes();
        day.cleansUp();
    }

    /** Puts the image of the day's pods on a machine. */
    static void importTools(Machine machine) throws IOException {
        Path archive = Files.createTempFile("e2e-tools", ".tar");
        try {
            ToolImage.write(archive);
            machine.copyTo(archive, "/root/e2e-tools.tar");
            machine.must(Machine.ARGOSY, "image", "import", "/root/e2e-tools.tar");
        } finally {
            Files.delete(archive);
        }
    }

    private String in(String... arguments) {
        return inNamespace("", arguments).orThrow(List.of(arguments));
    }

    private Shell.Result inNamespace(String input, String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of("-n", namespace));
        command.addAll(List.of(arguments));
        return kubectl.run(input, command.toArray(String[]::new));
    }

    private void deploys() {
        String applied = kubectl.apply(MANIFEST, "-n", namespace);
        assertTrue(applied.contains("deployment.apps/web created"), applied);
        assertTrue(kubectl.apply(MANIFEST, "-n", namespace).contains("deployment.apps/web unchanged"));
        String server =
                kubectl.apply(MANIFEST, "-n", namespace, "--server-side", "--force-conflicts", "--field-manager=day");
        assertTrue(server.contains("serverside-applied"), server);
        in("rollout", "status", "deployment/web", "--timeout=300s");
        String wide = in("get", "pods", "-o", "wide");
        assertTrue(wide.contains("1/1") && wide.contains("Running") && wide.contains("node1"), wide);
        assertEquals("web", in("get", "deployment", "web", "-o", "jsonpath={.metadata.name}"));
        assertTrue(in("get", "service", "web", "-o", "yaml").contains("clusterIP:"));
        assertTrue(in("describe", "deployment", "web").contains("ScalingReplicaSet"));
        String pod = in("describe", "pod", "-l", "app=web");
        assertTrue(pod.contains("Readiness:") && pod.contains("Started"), pod);
        assertTrue(kubectl.must("describe", "node", "node1").contains("Allocated resources"));
        assertTrue(kubectl.must("explain", "deployment.spec.strategy").contains("rollingUpdate"));
    }

    private void reachesServices() {
        String ip = in("get", "service", "web", "-o", "jsonpath={.spec.clusterIP}");
        String port = in("get", "service", "web", "-o", "jsonpath={.spec.ports[0].nodePort}");
        assertEquals("hello from the config map\n", fetch("http://" + ip));
        assertEquals("hello from the config map\n", fetch("http://" + machine.address() + ":" + port));
        String found = in("exec", "deploy/web", "--", "nslookup", "web." + namespace + ".svc.cluster.local");
        assertTrue(found.contains(ip), found);
        assertEquals(
                "hello from the config map\n", in("exec", "deploy/web", "--", "wget", "-q", "-O", "-", "http://web"));
    }

    /** A proxy learns of ready pods a moment after the rollout is told to be done. */
    private String fetch(String url) {
        return machine.must(
                "curl", "-s", "-m", "60", "--retry", "20", "--retry-delay", "1", "--retry-connrefused", url);
    }

    private void rollsOut() throws Exception {
        Process watcher = kubectl.start("-n", namespace, "get", "deployment", "web", "-w", "--no-headers");
        try (var lines = watcher.inputReader(StandardCharsets.UTF_8)) {
            in("scale", "deployment/web", "--replicas=3");
            assertTrue(lines.lines().anyMatch(line -> line.contains("3/3")), "the watch shows three of three");
        } finally {
            watcher.destroy();
            watcher.waitFor();
        }
        in("rollout", "status", "deployment/web", "--timeout=300s");
        in("set", "env", "deployment/web", "ROUND=2");
        in("rollout", "status", "deployment/web", "--timeout=300s");
        assertTrue(in("rollout", "history", "deployment/web").contains("2"));
        in("rollout", "undo", "deployment/web");
        in("rollout", "status", "deployment/web", "--timeout=300s");
        assertEquals("3", in("get", "deployment", "web", "-o", "jsonpath={.status.readyReplicas}"));
    }

    private void looksInside() throws Exception {
        assertEquals("hello s3cret\n", in("exec", "deploy/web", "--", "sh", "-c", "echo $GREETING $PASSWORD"));
        Shell.Result piped = inNamespace("typed\n", "exec", "-i", "deploy/web", "--", "cat");
        assertEquals("typed\n", piped.output());
        String talk = "while [ ! -e /go ]; do sleep 0.2; done; for i in 1 2 3; do echo line $i; sleep 0.2; done";
        in("run", "talker", "--image=" + ToolImage.NAME, "--restart=Never", "--command", "--", "sh", "-c", talk);
        in("wait", "--for=jsonpath={.status.phase}=Running", "pod/talker", "--timeout=300s");
        Process follower = kubectl.start("-n", namespace, "logs", "-f", "talker");
        in("exec", "talker", "--", "touch", "/go");
        try (var lines = follower.inputReader(StandardCharsets.UTF_8)) {
            assertEquals(List.of("line 1", "line 2", "line 3"), lines.lines().toList());
        }
        assertEquals(0, follower.waitFor());
        String typed = Shell.run(
                        Duration.ofMinutes(5),
                        List.of(
                                "script",
                                "-qec",
                                String.join(" ", kubectl.command("-n", namespace, "exec", "-it", "deploy/web"))
                                        + " -- sh -c 'read word; echo got $word; test -t 0 && echo a terminal'",
                                "/dev/null"),
                        Map.of("KUBECONFIG", kubectl.kubeconfig().toString()),
                        "typed\n")
                .orThrow(List.of("exec -it"));
        assertTrue(typed.contains("got typed") && typed.contains("a terminal"), typed);
        Path file = Files.createTempFile("argosy-e2e", ".txt");
        Files.writeString(file, "carried over\n");
        String pod = in("get", "pods", "-l", "app=web", "-o", "go-template=" + STAYING)
                .split(" ")[0];
        in("cp", file.toString(), pod + ":/carried.txt");
        Files.delete(file);
        assertEquals("carried over\n", in("exec", pod, "--", "cat", "/carried.txt"));
        forwardsAPort(pod);
    }

    private void forwardsAPort(String pod) throws Exception {
        Process forward = kubectl.start("-n", namespace, "port-forward", "pod/" + pod, ":8080");
        try (var lines = forward.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            assertTrue(line != null && line.startsWith("Forwarding from 127.0.0.1:"), line);
            String port = line.replaceAll(".*127.0.0.1:(\\d+) ->.*", "$1");
            assertEquals(
                    "hello from the config map\n",
                    Shell.must(Duration.ofMinutes(2), "curl", "-sS", "http://127.0.0.1:" + port + "/index.html"));
        } finally {
            forward.destroy();
            forward.waitFor();
        }
    }

    private void changesObjects() {
        in("label", "deployment", "web", "tier=front");
        in("annotate", "deployment", "web", "note=day");
        in("patch", "deployment", "web", "--type=merge", "-p", "{\"spec\":{\"minReadySeconds\":1}}");
        in(
                "patch",
                "deployment",
                "web",
                "--type=json",
                "-p",
                "[{\"op\":\"replace\",\"path\":\"/spec/minReadySeconds\",\"value\":0}]");
        in(
                "patch",
                "deployment",
                "web",
                "-p",
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"httpd\",\"env\":[{\"name\":\"MORE\",\"value\":\"1\"}]}]}}}}");
        String names = in("get", "deployment", "web", "-o", "jsonpath={.spec.template.spec.containers[0].env[*].name}");
        assertTrue(names.contains("MORE") && names.contains("GREETING"), names);
        Shell.Result edited = Shell.run(
                Duration.ofMinutes(5),
                kubectl.command("-n", namespace, "edit", "configmap", "site"),
                Map.of("KUBECONFIG", kubectl.kubeconfig().toString(), "EDITOR", "sed -i s/hello/goodbye/"),
                "");
        assertEquals(0, edited.exitCode(), edited.output());
        assertTrue(in("get", "configmap", "site", "-o", "yaml").contains("goodbye"));
        in("rollout", "status", "deployment/web", "--timeout=300s");
        assertTrue(in("get", "events").contains("Started"), "events tell what was started");
    }

    private void runsAJob() {
        in("create", "job", "sum", "--image=argosy.io/e2e-tools:1", "--", "sh", "-c", "echo $((6 * 7))");
        in("wait", "--for=condition=complete", "job/sum", "--timeout=300s");
        assertEquals("42\n", in("logs", "job/sum"));
    }

    private void extendsTheApi() {
        kubectl.apply(CRD);
        kubectl.must("wait", "--for=condition=established", "crd/widgets.example.com", "--timeout=300s");
        kubectl.apply(
                "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"one\"},\"spec\":{\"size\":3}}",
                "-n",
                namespace);
        String table = in("get", "wd");
        assertTrue(table.contains("SIZE") && table.contains("3"), table);
        assertEquals("blue", in("get", "widget", "one", "-o", "jsonpath={.spec.color}"));
        Shell.Result bad = inNamespace(
                "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"two\"},\"spec\":{\"size\":0}}",
                "apply",
                "-f",
                "-");
        assertTrue(bad.exitCode() != 0 && bad.output().contains("should be greater than or equal to 1"), bad.output());
        kubectl.must("delete", "crd", "widgets.example.com");
    }

    private void looksAfterNodes() {
        kubectl.must("taint", "node", "node1", "day=yes:NoSchedule");
        kubectl.must("taint", "node", "node1", "day-");
        kubectl.must("cordon", "node1");
        assertTrue(kubectl.must("get", "nodes").contains("SchedulingDisabled"));
        kubectl.must(
                "drain",
                "node1",
                "--ignore-daemonsets",
                "--delete-emptydir-data",
                "--force",
                "--pod-selector=app=web",
                "--timeout=300s");
        kubectl.must("uncordon", "node1");
        in("rollout", "status", "deployment/web", "--timeout=300s");
    }

    private void cleansUp() {
        in("delete", "deployment", "web", "--cascade=orphan");
        assertTrue(in("get", "replicasets").contains("web-"));
        in("delete", "replicaset", "-l", "app=web", "--cascade=foreground", "--timeout=300s");
        assertEquals("", in("get", "pods", "-l", "app=web", "-o", "name"));
        in("delete", "job", "sum", "--cascade=background");
        kubectl.must("delete", "namespace", namespace, "--timeout=300s");
    }
}
