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
import io.argosy.deploy.pki.ClusterPki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The API server's training run: with an etcd of its own, on free ports of the loopback, until it has started and answered
 * what clients ask most. What was loaded and linked on the way goes into its AOT cache.
 */
final class ApiServerTraining {

    private static final Path ETCD = Path.of("/usr/bin/etcd");
    private static final Duration START = Duration.ofSeconds(90);
    private static final int ROUNDS = 20;
    private static final List<HttpCall> READS = List.of(
            HttpCall.get("/api/v1/namespaces/default"),
            HttpCall.get("/api/v1/namespaces/default/configmaps"),
            HttpCall.of("GET", "/api/v1/pods", Map.of("resourceVersion", "0", "fieldSelector", "spec.nodeName=n")),
            HttpCall.of("GET", "/api/v1/services", Map.of("limit", "5")),
            HttpCall.of("GET", "/apis/rbac.authorization.k8s.io/v1/clusterroles", Map.of("resourceVersion", "0")));

    private static final String OBJECTS = """
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
                round: "ROUND"
              ports:
              - port: 80
            """;

    private final Path distribution;
    private final Path folder;
    private final List<Process> running = new ArrayList<>();

    private ApiServerTraining(Path distribution, Path folder) {
        this.distribution = distribution;
        this.folder = folder;
    }

    /** Whether this machine has what the run needs. */
    static boolean possible() {
        return Files.isExecutable(ETCD);
    }

    /** Makes the cache; when a step failed, there may be one of what was loaded until then. */
    static void run(Path distribution, Path cache) throws IOException {
        Path folder = Files.createTempDirectory("argosy-training");
        ApiServerTraining training = new ApiServerTraining(distribution.toAbsolutePath(), folder);
        try {
            training.train(cache);
        } catch (ConfigurationException | RequestException | ApiException failed) {
            throw new IOException("the training run of the API server failed", failed);
        } finally {
            training.stop();
            Distribution.delete(folder);
        }
    }

    private void train(Path cache) throws IOException, ConfigurationException {
        List<Integer> ports = freePorts();
        String server = "https://127.0.0.1:" + ports.getFirst();
        ClusterPki pki = ClusterPki.ensure(
                folder.resolve("pki"),
                new ClusterPki.Names("node", server, List.of("localhost"), List.of("127.0.0.1", "10.96.0.1")),
                InstantSource.system(),
                new SecureRandom());
        String etcd = "http://127.0.0.1:" + ports.get(1);
        String peer = "http://127.0.0.1:" + ports.get(2);
        start(
                List.of(
                        ETCD.toString(),
                        "--name=training",
                        "--data-dir=" + folder.resolve("etcd"),
                        "--listen-client-urls=" + etcd,
                        "--advertise-client-urls=" + etcd,
                        "--listen-peer-urls=" + peer,
                        "--initial-advertise-peer-urls=" + peer,
                        "--initial-cluster=training=" + peer),
                "");
        Process apiServer =
                start(apiServer(pki, ports.getFirst(), etcd), "-XX:AOTCacheOutput=" + cache.toAbsolutePath());
        Clock clock = Clock.system();
        try (EventLoops loops = new EventLoops();
                ApiClient client = new Clients(loops, clock, new Metrics())
                        .connect(Kubeconfig.load(pki.kubeconfig("admin"), clock), "argosy")) {
            awaitReady(client, apiServer);
            work(client);
        }
        end(apiServer);
    }

    private List<String> apiServer(ClusterPki pki, int port, String etcd) {
        return List.of(
                distribution.resolve("bin/kube-apiserver").toString(),
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + port,
                "--etcd-servers=" + etcd,
                "--allow-privileged=true",
                "--authorization-mode=Node,RBAC",
                "--enable-admission-plugins=NodeRestriction",
                "--client-ca-file=" + pki.certificate("ca"),
                "--tls-cert-file=" + pki.certificate("apiserver"),
                "--tls-private-key-file=" + pki.key("apiserver"),
                "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
                "--service-account-key-file=" + pki.serviceAccountPublicKey(),
                "--service-account-signing-key-file=" + pki.key("sa"),
                "--service-cluster-ip-range=10.96.0.0/16");
    }

    private void awaitReady(ApiClient client, Process apiServer) throws IOException {
        Instant end = Instant.now().plus(START);
        while (true) {
            if (!apiServer.isAlive() || Instant.now().isAfter(end)) {
                throw new IOException("the API server did not become ready: " + Files.readString(log()));
            }
            try {
                if (client.call(HttpCall.get("/readyz")).isSuccess()) {
                    return;
                }
            } catch (RequestException _) {
                // It does not listen yet.
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    private static void work(ApiClient client) {
        Applier applier = new Applier(client);
        for (int round = 0; round < ROUNDS; round++) {
            applier.apply(OBJECTS.replace("ROUND", Integer.toString(round)));
            READS.forEach(client::call);
        }
    }

    /** What all processes of the run wrote. */
    private Path log() {
        return folder.resolve("log");
    }

    private Process start(List<String> command, String javaOptions) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().put("ARGOSY_JAVA_OPTIONS", javaOptions);
        Process process = builder.start();
        running.add(process);
        return process;
    }

    /** Asks a process to end and waits: the cache is written by then. */
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

    private void stop() {
        running.reversed().forEach(ApiServerTraining::end);
    }

    private static List<Integer> freePorts() throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        try (ServerSocket one = new ServerSocket(0, 1, loopback);
                ServerSocket two = new ServerSocket(0, 1, loopback);
                ServerSocket three = new ServerSocket(0, 1, loopback)) {
            return List.of(one.getLocalPort(), two.getLocalPort(), three.getLocalPort());
        }
    }
}
