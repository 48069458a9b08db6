package io.argosy.client.kubeconfig;

import io.argosy.client.request.ObjectJson;
import io.argosy.client.transport.Credentials;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.config.ConfigObject;
import io.argosy.daemon.config.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

/** Credentials from a command, as client.authentication.k8s.io describes: run once, again when they expire. */
final class ExecPlugin implements Credentials {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Answer(String token, byte[] certificate, byte[] key, Optional<Instant> expires) {}

    private final List<String> command;
    private final Map<String, String> environment;
    private final String apiVersion;
    private final Clock clock;
    private Optional<Answer> answer = Optional.empty();

    private ExecPlugin(List<String> command, Map<String, String> environment, String apiVersion, Clock clock) {
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.apiVersion = apiVersion;
        this.clock = clock;
    }

    static ExecPlugin of(ConfigObject exec, Clock clock) throws ConfigurationException {
        List<String> command = new ArrayList<>();
        command.add(exec.string("command", ""));
        command.addAll(exec.strings("args").orElse(List.of()));
        Map<String, String> environment = new TreeMap<>();
        exec.objects("env").forEach(entry -> environment.put(entry.string("name", ""), entry.string("value", "")));
        String version = exec.string("apiVersion", "");
        if (command.getFirst().isEmpty() || !version.matches("client\\.authentication\\.k8s\\.io/v1(beta1)?")) {
            throw new ConfigurationException("exec plugin: invalid apiVersion \"" + version + "\" or no command");
        }
        return new ExecPlugin(command, environment, version, clock);
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
        builder.environment()
                .put(
                        "KUBERNETES_EXEC_INFO",
                        "{\"apiVersion\":\"" + apiVersion
                                + "\",\"kind\":\"ExecCredential\",\"spec\":{\"interactive\":false}}");
        Process process = builder.start();
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

    private Answer parse(byte[] output) throws IOException {
        try {
            JsonNode status = ObjectJson.tree(output).path("status");
            String expires = status.path("expirationTimestamp").asString("");
            return new Answer(
                    status.path("token").asString(""),
                    status.path("clientCertificateData").asString("").getBytes(StandardCharsets.UTF_8),
                    status.path("clientKeyData").asString("").getBytes(StandardCharsets.UTF_8),
                    expires.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(expires)));
        } catch (JacksonException | java.time.format.DateTimeParseException e) {
            throw new IOException("exec plugin: decoding stdout failed", e);
        }
    }
}
