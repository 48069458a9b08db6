package io.argosy.client.kubeconfig;

import io.argosy.client.request.ObjectJson;
import io.argosy.client.transport.Credentials;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.config.ConfigObject;
import io.argosy.daemon.config.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Credentials from a command, as client.authentication.k8s.io describes: run once, again when they expire. */
final class ExecPlugin implements Credentials {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Answer(String token, byte[] certificate, byte[] key, Optional<Instant> expires) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<String> command;
    private final Map<String, String> environment;
    private final String apiVersion;
    private final String installHint;
    private final Optional<ExecCluster> cluster;
    private final Clock clock;
    private Optional<Answer> answer = Optional.empty();

    private ExecPlugin(
            List<String> command,
            Map<String, String> environment,
            String apiVersion,
            String installHint,
            Optional<ExecCluster> cluster,
            Clock clock) {
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.apiVersion = apiVersion;
        this.installHint = installHint;
        this.cluster = cluster;
        this.clock = clock;
    }

    /**
     * @param cluster told to the command when it asks for that
     * @param directory what a command with a relative path is relative to
     */
    static ExecPlugin of(ConfigObject exec, ExecCluster cluster, Path directory, Clock clock)
            throws ConfigurationException {
        String program = exec.string("command", "");
        String version = exec.string("apiVersion", "");
        if (program.isEmpty() || !version.matches("client\\.authentication\\.k8s\\.io/v1(beta1)?")) {
            throw new ConfigurationException("exec plugin: invalid apiVersion \"" + version + "\" or no command");
        }
        String mode = exec.string("interactiveMode", version.endsWith("/v1") ? "" : "IfAvailable");
        if (mode.isEmpty()) {
            throw new ConfigurationException(
                    "interactiveMode must be specified for " + program + " to use exec authentication plugin");
        }
        if (!List.of("Never", "IfAvailable", "Always").contains(mode)) {
            throw new ConfigurationException("invalid interactiveMode for " + program + ": \"" + mode + "\"");
        }
        if (mode.equals("Always")) {
            throw new ConfigurationException(
                    "exec plugin cannot support interactive mode: standard input is not a terminal");
        }
        List<String> command = new ArrayList<>();
        command.add(program.indexOf('/') >= 0 ? directory.resolve(program).toString() : program);
        command.addAll(exec.strings("args").orElse(List.of()));
        Map<String, String> environment = new TreeMap<>();
        exec.objects("env").forEach(entry -> environment.put(entry.string("name", ""), entry.string("value", "")));
        return new ExecPlugin(
                command,
                environment,
                version,
                exec.string("installHint", ""),
                exec.bool("provideClusterInfo", false) ? Optional.of(cluster) : Optional.empty(),
                clock);
    }

    @Override
    public Optional<String> authorization() throws IOException {
        String token = answer().token;
        return token.isEmpty() ? Optional.empty() : Optional.of("Bearer " + token);
    }

    byte[] certificate() throws IOException {
        return answer().certificate.clone();
    }

    byte[] key() throws IOException {
        return answer().key.clone();
    }

    @Override
    public synchronized void rejected() {
        answer = Optional.empty();
    }

    private synchronized Answer answer() throws IOException {
        boolean fresh = answer.isPresent()
                && answer.get().expires.map(at -> clock.instant().isBefore(at)).orElse(true);
        if (!fresh) {
            answer = Optional.of(run());
        }
        return answer.get();
    }

    private Answer run() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        builder.environment().put("KUBERNETES_EXEC_INFO", JSON.writeValueAsString(info()));
        Process process = started(builder);
        process.getOutputStream().close();
        try {
            byte[] output = process.getInputStream().readNBytes(1 << 20);
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                throw new IOException("exec plugin failed command=" + command.getFirst());
            }
            return parse(output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException("interrupted");
        } finally {
            process.destroyForcibly();
        }
    }

    private Map<String, Object> info() throws IOException {
        Map<String, Object> spec = new TreeMap<>();
        spec.put("interactive", false);
        if (cluster.isPresent()) {
            spec.put("cluster", cluster.get().view());
        }
        return Map.of("kind", "ExecCredential", "apiVersion", apiVersion, "spec", spec);
    }

    private Process started(ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IOException(
                    "exec: executable " + command.getFirst() + " not found"
                            + (installHint.isEmpty() ? "" : "\n\n" + installHint),
                    e);
        }
    }

    private Answer parse(byte[] output) throws IOException {
        try {
            JsonNode credential = ObjectJson.tree(output);
            String version = credential.path("apiVersion").asString("");
            if (!version.equals(apiVersion)) {
                throw new IOException("exec plugin is configured to use API version " + apiVersion
                        + ", plugin returned version " + version);
            }
            JsonNode status = credential.path("status");
            String expires = status.path("expirationTimestamp").asString("");
            Answer made = new Answer(
                    status.path("token").asString(""),
                    status.path("clientCertificateData").asString("").getBytes(StandardCharsets.UTF_8),
                    status.path("clientKeyData").asString("").getBytes(StandardCharsets.UTF_8),
                    expires.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(expires)));
            if (made.token.isEmpty() && made.certificate.length == 0 && made.key.length == 0) {
                throw new IOException("exec plugin didn't return a token or cert/key pair");
            }
            if (made.certificate.length == 0 != (made.key.length == 0)) {
                throw new IOException("exec plugin returned only certificate or key, not both");
            }
            return made;
        } catch (JacksonException | java.time.format.DateTimeParseException e) {
            throw new IOException("exec plugin: decoding stdout failed", e);
        }
    }
}
