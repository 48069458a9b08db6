package io.argosy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Kills a daemon, etcd or containerd without warning while writers write, a watcher watches and pods work. Nothing that
 * was acknowledged is lost, no event is missed or told twice, no container is started anew, and half a minute later the
 * cluster does its work again.
 */
@ExtendWith(Clusters.class)
class KillIT {

    private static final String NAMESPACE = "killing";
    private static final Duration CONVERGED = Duration.ofSeconds(30);
    private static final int WRITES_BEFORE = 20;

    /** Writes of all writers during a case: with fewer nothing would be shown. */
    private static final int WRITES = 60;

    private static final String STEADY = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: steady}
            spec:
              replicas: 2
              selector: {matchLabels: {app: steady}}
              template:
                metadata: {labels: {app: steady}}
                spec:
                  terminationGracePeriodSeconds: 1
                  containers:
                  - name: httpd
                    image: argosy.io/e2e-tools:1
                    command: [sh, -c, "echo steady >/index.html; exec httpd -f -p 8080 -h /"]
                    readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: changing}
            spec:
              replicas: 1
              selector: {matchLabels: {app: changing}}
              template:
                metadata: {labels: {app: changing}}
                spec:
                  terminationGracePeriodSeconds: 1
                  containers: [{name: httpd, image: "argosy.io/e2e-tools:1", command: [httpd, -f, -p, "8080", -h, /bin]}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: steady}
            spec: {selector: {app: steady}, ports: [{port: 80, targetPort: 8080}]}
            """;

    private static Kubectl kubectl;

    private final Machine machine = Clusters.cluster().machine();

    @BeforeAll
    static void deploy() throws Exception {
        DaysWork.importTools(Clusters.cluster().machine());
        kubectl = Kubectl.newest(Clusters.cluster().kubeconfig());
        kubectl.must("create", "namespace", NAMESPACE);
        kubectl.apply(STEADY, "-n", NAMESPACE);
        kubectl.must("-n", NAMESPACE, "rollout", "status", "deployment/steady", "--timeout=120s");
        kubectl.must("-n", NAMESPACE, "rollout", "status", "deployment/changing", "--timeout=120s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kube-scheduler",
                "kube-controller-manager",
                "kube-proxy",
                "kubelet",
                "containerd",
                "cluster-dns",
                "kube-apiserver",
                "etcd"
            })
    void doesNoHarm(String daemon) throws Exception {
        Map<String, String> containers = containers();
        try (Api api = new Api(Clusters.cluster().kubeconfig());
                Load load = Load.start(api, NAMESPACE, daemon)) {
            Eventually.holds(
                    Duration.ofMinutes(1),
                    "the writers are at work",
                    () -> load.seen() >= WRITES_BEFORE ? Optional.empty() : Optional.of(load.seen() + " events"));
            kill(daemon);
            Duration took = converges(daemon);
            System.err.printf("killed %s: all at work again after %d ms%n", daemon, took.toMillis());
            load.endWriting();
            nothingIsLost(stored(api, daemon), load.acknowledged(), load.witness());
        }
        assertEquals(containers, containers(), "containers after the end of " + daemon);
    }

    private void kill(String daemon) {
        machine.sh(
                daemon.equals("cluster-dns")
                        ? "kill -9 $(pgrep -f io.argosy.dns.Main | head -n 1)"
                        : "kill -9 $(systemctl show -P MainPID argosy-" + daemon + ")");
    }

    /** The controllers, the scheduler and the kubelet make a change true; the proxy and DNS lead to the pods. */
    private Duration converges(String daemon) {
        long begin = System.nanoTime();
        int replicas = daemon.hashCode() % 2 == 0 ? 2 : 3;
        List<List<String>> steps = List.of(
                List.of("wait", "--for=condition=Ready", "node/node1", "--timeout=2s"),
                List.of("-n", NAMESPACE, "scale", "deployment/changing", "--replicas=" + replicas),
                List.of("-n", NAMESPACE, "rollout", "restart", "deployment/changing"),
                List.of("-n", NAMESPACE, "rollout", "status", "deployment/changing", "--timeout=20s"),
                List.of(
                        "-n",
                        NAMESPACE,
                        "exec",
                        "deploy/changing",
                        "--",
                        "nslookup",
                        "steady." + NAMESPACE + ".svc.cluster.local"),
                List.of("-n", NAMESPACE, "exec", "deploy/changing", "--", "wget", "-q", "-O", "-", "http://steady"));
        for (List<String> step : steps) {
            Duration left = CONVERGED.minusNanos(System.nanoTime() - begin);
            Eventually.holds(left, "after the end of " + daemon + ": " + step, () -> {
                Shell.Result result = kubectl.run("", step.toArray(String[]::new));
                return result.exitCode() == 0 ? Optional.empty() : Optional.of(result.output());
            });
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertTrue(took.compareTo(CONVERGED) <= 0, () -> "after the end of " + daemon + " it took " + took);
        return took;
    }

    private static JsonNode list(Api api) throws Exception {
        Api.Answer answer = api.send(
                "GET", "/api/v1/namespaces/" + NAMESPACE + "/configmaps", Map.of("labelSelector", Writer.LABEL), "");
        assertEquals(200, answer.code());
        return answer.object();
    }

    /** The values of all objects that the writers of one case have made. */
    private static Map<String, Long> stored(Api api, String daemon) throws Exception {
        Map<String, Long> stored = new TreeMap<>();
        for (JsonNode item : list(api).path("items")) {
            String name = item.path("metadata").path("name").asString();
            if (name.startsWith(daemon + "-")) {
                stored.put(name, item.path("data").path("value").asLong());
            }
        }
        return stored;
    }

    private static void nothingIsLost(
            Map<String, Long> stored, List<Writer.Acknowledged> acknowledged, Witness witness) {
        assertTrue(acknowledged.size() >= WRITES, () -> "too little load: " + acknowledged.size() + " writes");
        long last = acknowledged.stream()
                .mapToLong(Writer.Acknowledged::resourceVersion)
                .max()
                .orElseThrow();
        Eventually.holds(Duration.ofSeconds(20), "the watch has told the last write", () -> {
            List<Witness.Event> events = witness.events();
            return events.getLast().resourceVersion() >= last ? Optional.empty() : Optional.of(events.getLast() + "");
        });

        List<Witness.Event> events = witness.events();
        Map<Long, Witness.Event> byVersion = new HashMap<>();
        for (int index = 0; index < events.size(); index++) {
            Witness.Event event = events.get(index);
            byVersion.put(event.resourceVersion(), event);
            if (index > 0) {
                Witness.Event before = events.get(index - 1);
                assertTrue(
                        before.resourceVersion() < event.resourceVersion(),
                        () -> "events out of order or twice: " + before + ", " + event);
            }
        }
        for (Writer.Acknowledged write : acknowledged) {
            Long value = stored.get(write.name());
            assertTrue(value != null && value >= write.value(), () -> "lost: " + write + ", stored: " + value);
            assertEquals(
                    new Witness.Event(
                            write.created() ? "ADDED" : "MODIFIED",
                            write.name(),
                            write.value(),
                            write.resourceVersion()),
                    byVersion.get(write.resourceVersion()),
                    "the event of an acknowledged write");
        }
        // Also what was written without an answer: whoever believes the events knows what is stored.
        assertEquals(stored, witness.state());
    }

    /** Ids and restarts of the containers that nobody asked to change. */
    private static Map<String, String> containers() {
        Map<String, String> ids = new TreeMap<>();
        String lines = kubectl.must(
                "-n",
                NAMESPACE,
                "get",
                "pods",
                "-l",
                "app=steady",
                "-o",
                "jsonpath={range .items[*]}{.metadata.name} {.status.containerStatuses[0].containerID}"
                        + " {.status.containerStatuses[0].restartCount}{\"\\n\"}{end}");
        lines.lines().forEach(line -> ids.put(line.substring(0, line.indexOf(' ')), line));
        assertEquals(2, ids.size(), lines);
        return ids;
    }
}
