package io.argosy.client.kubeconfig;

import io.argosy.client.transport.ClientTls;
import io.argosy.client.transport.Credentials;
import io.argosy.client.transport.PemSource;
import io.argosy.client.transport.Proxies;
import io.argosy.client.transport.TokenFile;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.config.ConfigFile;
import io.argosy.daemon.config.ConfigObject;
import io.argosy.daemon.config.ConfigurationException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Reads kubeconfig files, and the environment of a pod. */
public final class Kubeconfig {

    private static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private final Path directory;
    private final ConfigObject root;
    private final Clock clock;

    private Kubeconfig(Path directory, ConfigObject root, Clock clock) {
        this.directory = directory;
        this.root = root;
        this.clock = clock;
    }

    /** The current context of a file; relative paths in it are relative to it. */
    public static ClientConfig load(Path file, Clock clock) throws ConfigurationException {
        Path directory = file.toAbsolutePath().getParent();
        ConfigFile document = ConfigFile.read(file);
        return new Kubeconfig(directory == null ? file : directory, document.root(), clock).current();
    }

    /** What the service account of this pod may use. */
    public static ClientConfig inCluster(Clock clock) throws ConfigurationException {
        String host = System.getenv("KUBERNETES_SERVICE_HOST");
        String port = System.getenv("KUBERNETES_SERVICE_PORT");
        if (host == null || port == null || host.isEmpty() || port.isEmpty()) {
            throw new ConfigurationException("unable to load in-cluster configuration, "
                    + "KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT must be defined");
        }
        ClientTls.Options tls = new ClientTls.Options(
                Optional.of(PemSource.file(SERVICE_ACCOUNT.resolve("ca.crt"))),
                Optional.empty(),
                Optional.empty(),
                false,
                true);
        String authority = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return new ClientConfig(
                URI.create("https://" + authority + ":" + port),
                "",
                tls,
                new TokenFile(SERVICE_ACCOUNT.resolve("token"), clock),
                Optional.empty(),
                "",
                0,
                0);
    }

    /** A file when its name is not empty, else the environment of the pod: what daemons do. */
    public static ClientConfig loadOrInCluster(String file, Clock clock) throws ConfigurationException {
        return file.isEmpty() ? inCluster(clock) : load(Path.of(file), clock);
    }

    /**
     * What {@code --kubeconfig} and {@code --master} of a daemon say; either may be empty.
     *
     * @param master overrides the file's server; alone it is a server that knows nobody
     */
    public static ClientConfig forDaemon(String file, String master, Clock clock) throws ConfigurationException {
        if (master.isEmpty()) {
            return loadOrInCluster(file, clock);
        }
        URI server = server(master);
        if (!file.isEmpty()) {
            return load(Path.of(file), clock).withServer(server);
        }
        ClientTls.Options nobody =
                new ClientTls.Options(Optional.empty(), Optional.empty(), Optional.empty(), false, true);
        return new ClientConfig(server, "", nobody, Credentials.none(), Optional.empty(), "", 0, 0);
    }

    private ClientConfig current() throws ConfigurationException {
        String name = root.string("current-context", "");
        if (name.isEmpty()) {
            throw new ConfigurationException("invalid configuration: no configuration has been provided");
        }
        ConfigObject context = named("contexts", "context", name);
        ConfigObject cluster = named("clusters", "cluster", context.string("cluster", ""));
        String user = context.string("user", "");
        Optional<ConfigObject> credentials =
                user.isEmpty() ? Optional.empty() : Optional.of(named("users", "user", user));
        return config(context, cluster, credentials);
    }

    private ConfigObject named(String list, String field, String name) throws ConfigurationException {
        return root.objects(list).stream()
                .filter(entry -> entry.string("name", "").equals(name))
                .findFirst()
                .map(entry -> entry.object(field))
                .orElseThrow(() -> new ConfigurationException(
                        "invalid configuration: " + field + " \"" + name + "\" does not exist"));
    }

    private ClientConfig config(ConfigObject context, ConfigObject cluster, Optional<ConfigObject> user)
            throws ConfigurationException {
        URI server = server(cluster.string("server", ""));
        Optional<ExecPlugin> plugin = Optional.empty();
        if (user.isPresent() && user.get().has("exec")) {
            plugin = Optional.of(
                    ExecPlugin.of(user.get().object("exec"), new ExecCluster(cluster, directory), directory, clock));
        }
        Optional<PemSource> certificate = user.flatMap(u -> pem(u, "client-certificate"));
        Optional<PemSource> key = user.flatMap(u -> pem(u, "client-key"));
        if (plugin.isPresent() && certificate.isEmpty()) {
            ExecPlugin exec = plugin.get();
            certificate = Optional.of(exec::certificate);
            key = Optional.of(exec::key);
        }
        ClientTls.Options tls = new ClientTls.Options(
                pem(cluster, "certificate-authority"),
                certificate,
                key,
                cluster.bool("insecure-skip-tls-verify", false),
                true);
        Credentials credentials =
                plugin.isPresent() ? plugin.get() : user.map(this::credentials).orElse(Credentials.none());
        return new ClientConfig(
                server,
                cluster.string("tls-server-name", ""),
                tls,
                user.isPresent() ? Impersonation.of(user.get(), credentials) : credentials,
                proxy(cluster.string("proxy-url", "")),
                context.string("namespace", ""),
                0,
                0);
    }

    private static Optional<URI> proxy(String text) throws ConfigurationException {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI proxy = URI.create(text);
            Optional<String> problem = Proxies.problem(proxy);
            if (problem.isPresent()) {
                throw new ConfigurationException(
                        "invalid configuration: invalid 'proxy-url' \"" + text + "\": " + problem.get());
            }
            return Optional.of(proxy);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "invalid configuration: invalid 'proxy-url' \"" + text + "\": " + e.getMessage());
        }
    }

    private static URI server(String text) throws ConfigurationException {
        String url = text.contains("://") ? text : "http://" + text;
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("invalid configuration: server \"" + text + "\": " + e.getMessage());
        }
        throw new ConfigurationException("invalid configuration: no server found in \"" + text + "\"");
    }

    /** {@code name-data} (base64) wins over {@code name} (a file). */
    private Optional<PemSource> pem(ConfigObject object, String name) {
        Optional<String> data = object.string(name + "-data").filter(text -> !text.isEmpty());
        if (data.isPresent()) {
            return Optional.of(PemSource.of(Base64.getMimeDecoder().decode(data.get())));
        }
        return object.string(name).filter(path -> !path.isEmpty()).map(path -> PemSource.file(directory.resolve(path)));
    }

    private Credentials credentials(ConfigObject user) {
        Optional<String> tokenFile = user.string("tokenFile").filter(path -> !path.isEmpty());
        if (tokenFile.isPresent() && Files.isReadable(directory.resolve(tokenFile.get()))) {
            return new TokenFile(directory.resolve(tokenFile.get()), clock);
        }
        String token = user.string("token", "");
        if (!token.isEmpty()) {
            return Credentials.bearer(token);
        }
        String name = user.string("username", "");
        if (!name.isEmpty()) {
            byte[] pair = (name + ":" + user.string("password", "")).getBytes(StandardCharsets.UTF_8);
            String header = "Basic " + Base64.getEncoder().encodeToString(pair);
            return () -> Optional.of(header);
        }
        return Credentials.none();
    }

    /** Names under which the environment or the home directory may have a kubeconfig; for commands, not for daemons. */
    public static List<Path> standardFiles() {
        String variable = System.getenv("KUBECONFIG");
        if (variable != null && !variable.isEmpty()) {
            return List.of(variable.split(":")).stream().map(Path::of).toList();
        }
        return List.of(Path.of(System.getProperty("user.home"), ".kube", "config"));
    }
}
