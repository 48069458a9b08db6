package io.argosy.bench;

import io.argosy.client.kubeconfig.ClientConfig;
import io.argosy.client.kubeconfig.Kubeconfig;
import io.argosy.client.transport.AuthorizedTransport;
import io.argosy.client.transport.ClientTls;
import io.argosy.client.transport.Endpoint;
import io.argosy.client.transport.EventLoops;
import io.argosy.client.transport.HttpCall;
import io.argosy.client.transport.NettyTransport;
import io.argosy.client.transport.Transport;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.config.ConfigurationException;
import io.argosy.deploy.pki.ClusterPki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A kube-apiserver with an etcd of its own, on free ports of the loopback. Every server gets the same flags, the same kind
 * of certificates and the same etcd program, which does not wait for the disk.
 */
final class ServerUnderTest implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(10);

    private final String name;
    private final Path folder;
    private final Path program;
    private final ClusterPki pki;
    private final int port;
    private final String etcdUrl;
    private final Process etcd;
    private Optional<Process> server = Optional.empty();

    /** What a start took until {@code /readyz} answered 200. */
    record Start(Duration wall, Duration cpu) {}

    private ServerUnderTest(
            String name, Path folder, Path program, ClusterPki pki, int port, String etcdUrl, Process etcd) {
        this.name = name;
        this.folder = folder;
        this.program = program;
        this.pki = pki;
        this.port = port;
        this.etcdUrl = etcdUrl;
        this.etcd = etcd;
    }

    /** Starts the etcd alone. */
    static ServerUnderTest prepare(String name, Path program, Path etcdProgram, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Integer> ports = freePorts();
        ClusterPki pki = ClusterPki.ensure(
                folder.resolve("pki"),
                new ClusterPki.Names(
                        "node",
                        "https://127.0.0.1:" + ports.getFirst(),
                        List.of("localhost"),
                        List.of("127.0.0.1", "10.96.0.1")),
                InstantSource.system(),
                new SecureRandom());
        String client = "http://127.0.0.1:" + ports.get(1);
        String peer = "http://127.0.0.1:" + ports.get(2);
        Process etcd = start(
                folder.resolve("etcd.log"),
                List.of(
                        etcdProgram.toString(),
                        "--name=" + name,
                        "--data-dir=" + folder.resolve("etcd"),
                        "--unsafe-no-fsync",
                        "--listen-client-urls=" + client,
                        "--advertise-client-urls=" + client,
                        "--listen-peer-urls=" + peer,
                        "--initial-advertise-peer-urls=" + peer,
                        "--initial-cluster=" + name + "=" + peer));
        return new ServerUnderTest(name, folder, program, pki, ports.getFirst(), client, etcd);
    }

    String name() {
        return name;
    }

    /** Starts the server and waits until it is ready. */
    Start start(EventLoops loops) throws IOException, InterruptedException, ConfigurationException {
        long began = System.nanoTime();
        Process process = start(folder.resolve("server.log"), command());
        server = Optional.of(process);
        try (Transport transport = connect(loops)) {
            while (!ready(transport)) {
                Duration waited = Duration.ofNanos(System.nanoTime() - began);
                if (!process.isAlive() || waited.compareTo(START_LIMIT) > 0) {
                    throw new IOException(name + " did not become ready, see " + folder.resolve("server.log"));
                }
                Clock.system().sleep(POLL);
            }
        }
        Duration wall = Duration.ofNanos(System.nanoTime() - began);
        return new Start(wall, figures().cpu());
    }

    private static boolean ready(Transport transport) throws InterruptedException {
        try {
            return transport.call(HttpCall.get("/readyz")).status() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /** Ends the server; its data stays. */
    void stop() throws InterruptedException {
        if (server.isPresent()) {
            end(server.get());
            server = Optional.empty();
        }
    }

    ProcessFigures figures() throws IOException {
        return ProcessFigures.of(server.orElseThrow().pid());
    }

    /** A transport of its own connections, as an administrator. */
    Transport connect(EventLoops loops) throws ConfigurationException {
        ClientConfig config = Kubeconfig.load(pki.kubeconfig("admin"), Clock.system());
        try {
            Endpoint endpoint = Endpoint.of(config.server(), config.serverName());
            return new AuthorizedTransport(
                    new NettyTransport(endpoint, Optional.of(new ClientTls(config.tls(), Clock.system())), loops),
                    config.credentials(),
                    "bench",
                    true);
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    private List<String> command() {
        return List.of(
                program.toString(),
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + port,
                "--etcd-servers=" + etcdUrl,
                "--allow-privileged=true",
                "--authorization-mode=Node,RBAC",
                "--enable-admission-plugins=NodeRestriction",
                "--enable-bootstrap-token-auth=true",
                "--client-ca-file=" + pki.certificate("ca"),
                "--tls-cert-file=" + pki.certificate("apiserver"),
                "--tls-private-key-file=" + pki.key("apiserver"),
                "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
                "--service-account-key-file=" + pki.serviceAccountPublicKey(),
                "--service-account-signing-key-file=" + pki.key("sa"),
                "--service-cluster-ip-range=10.96.0.0/16");
    }

    private static Process start(Path log, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop();
        end(etcd);
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
