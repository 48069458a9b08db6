package io.argosy.deploy.packaging;

import io.argosy.apimodel.status.ApiException;
import io.argosy.client.kubeconfig.Clients;
import io.argosy.client.kubeconfig.Kubeconfig;
import io.argosy.client.request.ApiClient;
import io.argosy.client.request.RequestException;
import io.argosy.client.transport.EventLoops;
import io.argosy.client.transport.HttpCall;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.metrics.Metrics;
import io.argosy.deploy.addon.Applier;
import io.argosy.deploy.host.Command;
import io.argosy.deploy.host.DnsQuestion;
import io.argosy.deploy.host.Undo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The training run of all daemons: a control plane of its own that starts and does a little of its work, each daemon under
 * {@code -XX:AOTCacheOutput}. What was loaded, linked and profiled on the way goes into the daemon's AOT cache (JEP 514,
 * 515). In a network namespace of its own, as root, the node's daemons take part too: their rules and addresses must not
 * reach this machine.
 */
public final class ControlPlaneTraining {

    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration WORK = Duration.ofSeconds(30);
    private static final int ROUNDS = 20;
    private static final String SERVICE = "training.default.svc.cluster.local";
    private static final HttpCall PODS = HttpCall.get("/api/v1/namespaces/default/pods");
    private static final HttpCall NODES = HttpCall.get("/api/v1/nodes");
    private static final List<HttpCall> READS = List.of(
            HttpCall.get("/api/v1/namespaces/default"),
            HttpCall.get("/api/v1/namespaces/default/configmaps"),
            HttpCall.of("GET", "/api/v1/pods", Map.of("resourceVersion", "0", "fieldSelector", "spec.nodeName=n")),
            HttpCall.of("GET", "/api/v1/services", Map.of("limit", "5")),
            HttpCall.of("GET", "/apis/rbac.authorization.k8s.io/v1/clusterroles", Map.of("resourceVersion", "0")));

    /** A node that takes pods without a kubelet; a Service, and pods for it. */
    private static final String OBJECTS = """
            apiVersion: v1
            kind: Node
            metadata:
              name: model
            status:
              allocatable: {cpu: "4", memory: 8Gi, pods: "110"}
              capacity: {cpu: "4", memory: 8Gi, pods: "110"}
              conditions:
              - {type: Ready, status: "True", reason: Model, message: a model}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: training
              namespace: default
            data:
              round: "ROUND"
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: training
              namespace: default
            spec:
              selector:
                app: training
              ports:
              - port: 80
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: training
              namespace: default
            spec:
              replicas: 3
              selector: {matchLabels: {app: training}}
              template:
                metadata: {labels: {app: training}}
                spec:
                  tolerations: [{operator: Exists}]
                  containers:
                  - {name: main, image: "example.com/training:1"}
            """;

    private final Path folder;
    private final TrainedDaemons daemons;
    private final boolean alone;
    private final List<Process> running = new ArrayList<>();

    private ControlPlaneTraining(Path folder, TrainedDaemons daemons, boolean alone) {
        this.folder = folder;
        this.daemons = daemons;
        this.alone = alone;
    }

    /**
     * Makes the caches of a distribution; when a step fails, of what was loaded until then.
     *
     * @param arguments the distribution; {@code alone} where this is a network namespace of its own
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("argosy-training");
        ControlPlaneTraining training = new ControlPlaneTraining(
                folder,
                TrainedDaemons.of(Path.of(arguments[0]).toAbsolutePath(), folder),
                List.of(arguments).contains("alone"));
        try {
            training.train();
        } catch (ConfigurationException | RequestException | ApiException failed) {
            throw new IOException("the training run failed: " + training.log(), failed);
        } finally {
            training.stop();
            // The kubelet mounts its folder on itself where mounts are not shared.
            Undo.unmountBelow(folder.toString());
            Distribution.delete(folder);
        }
    }

    /** One daemon at a time: a JVM that records is slow, and slow neighbours are no model of a cluster at work. */
    private void train() throws IOException, ConfigurationException {
        start(daemons.etcd(), "");
        Clock clock = Clock.system();
        try (EventLoops loops = new EventLoops();
                ApiClient client = new Clients(loops, clock, new Metrics())
                        .connect(Kubeconfig.load(daemons.admin(), clock), "argosy")) {
            Process recorded = startTrained("kube-apiserver", daemons.apiServer());
            awaitReady(client, recorded);
            work(client);
            end(recorded);
            awaitReady(client, start(daemons.apiServer(), ""));

            train("kube-controller-manager", daemons.controllerManager(), () -> has(client, PODS, "\"items\":[{"));
            train("kube-scheduler", daemons.scheduler(), () -> has(client, PODS, "\"nodeName\""));
            if (alone) {
                train("cluster-dns", daemons.dns(), () -> DnsQuestion.answers("127.0.0.1", SERVICE));
                if (TrainedDaemons.hasContainerd()) {
                    start(daemons.containerd(), "");
                    train("kubelet", daemons.kubelet(), () -> has(client, NODES, TrainedDaemons.NODE));
                }
                train("kube-proxy", daemons.proxy(), ControlPlaneTraining::hasRules);
            }
        }
    }

    /** Starts one, waits until its work shows or the time for it is over, and lets it write its cache in the background. */
    private void train(String name, List<String> command, BooleanSupplier done) throws IOException {
        Process recorded = startTrained(name, command);
        Instant end = Instant.now().plus(WORK);
        while (recorded.isAlive() && Instant.now().isBefore(end) && !done.getAsBoolean()) {
            pause();
        }
        recorded.destroy();
    }

    private static boolean hasRules() {
        return Command.run("nft", "list", "map", "ip", "kube-proxy", "service-ips")
                .output()
                .contains("10.96.");
    }

    private static boolean has(ApiClient client, HttpCall call, String text) {
        return client.call(call).text().contains(text);
    }

    private void awaitReady(ApiClient client, Process apiServer) throws IOException {
        Instant end = Instant.now().plus(START);
        while (!isReady(client)) {
            if (!apiServer.isAlive() || Instant.now().isAfter(end)) {
                throw new IOException("the API server did not become ready: " + log());
            }
            pause();
        }
    }

    private static boolean isReady(ApiClient client) {
        try {
            return client.call(HttpCall.get("/readyz")).isSuccess();
        } catch (RequestException _) {
            // It does not listen yet.
            return false;
        }
    }

    private static void work(ApiClient client) {
        Applier applier = new Applier(client);
        for (int round = 0; round < ROUNDS; round++) {
            applier.apply(OBJECTS.replace("ROUND", Integer.toString(round)));
            READS.forEach(client::call);
        }
    }

    private static void pause() {
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }

    private Process startTrained(String name, List<String> command) throws IOException {
        return start(command, "-XX:AOTCacheOutput=" + daemons.cache(name));
    }

    private Process start(List<String> command, String javaOptions) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        builder.environment().put("ARGOSY_JAVA_OPTIONS", javaOptions);
        Process process = builder.start();
        running.add(process);
        return process;
    }

    /** What all processes of the run wrote. */
    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    /** Asks all to end, the last started first, and waits: the caches are written by then. */
    private void stop() {
        running.reversed().forEach(ControlPlaneTraining::end);
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
