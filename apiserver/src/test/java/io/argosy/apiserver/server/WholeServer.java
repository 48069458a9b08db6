package io.argosy.apiserver.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.storage.Store;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.config.Problems;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.lifecycle.DaemonContext;
import io.argosy.daemon.tls.CertificateFiles;
import io.argosy.daemon.tls.SelfSigned;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A whole server on a given store, and requests to it as they are, without a client that would mend them. */
final class WholeServer implements AutoCloseable {

    private static final String TOKEN = "secret";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final ApiServer server;

    record Answer(int code, String reason, String message, List<String> warnings) {}

    /** An answer as it came. */
    record Reply(int code, List<String> warnings, String body) {}

    private WholeServer(Path folder, Store store) throws Exception {
        this.folder = folder;
        this.server = ApiServer.start(config(), store, new DaemonContext(Clock.system()));
    }

    /** Starts one and waits until it is ready. */
    static WholeServer start(Path folder, Store store) throws Exception {
        WholeServer whole = new WholeServer(folder, store);
        Instant end = Instant.now().plus(PATIENCE);
        while (whole.send("GET", "/readyz", Map.of(), new byte[0], true).code() != 200) {
            assertTrue(Instant.now().isBefore(end), "the server does not become ready");
        }
        return whole;
    }

    private ServerConfig config() throws Exception {
        var keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        KeyPair pair = keys.generateKeyPair();
        Path key = pem("sa.key", "PRIVATE KEY", pair.getPrivate().getEncoded());
        Path publicKey = pem("sa.pub", "PUBLIC KEY", pair.getPublic().getEncoded());
        Path tokens = Files.writeString(folder.resolve("tokens"), TOKEN + ",admin,u1,\"system:masters\"\n");
        CertificateFiles serving =
                SelfSigned.files(folder.resolve("certificates").toString(), "localhost", InstantSource.system());
        FlagSet flags = new FlagSet("kube-apiserver", "");
        ServerFlags own = new ServerFlags(flags);
        Problems problems = new Problems();
        ServerConfig config = own.read(
                flags.parse(List.of(
                        "--etcd-servers=http://127.0.0.1:1",
                        "--secure-port=0",
                        "--bind-address=127.0.0.1",
                        "--advertise-address=192.0.2.1",
                        "--tls-cert-file=" + serving.certificate(),
                        "--tls-private-key-file=" + serving.key(),
                        "--token-auth-file=" + tokens,
                        "--authorization-mode=Node,RBAC",
                        "--service-cluster-ip-range=10.96.0.0/16",
                        "--service-account-issuer=https://kubernetes.default.svc",
                        "--service-account-key-file=" + publicKey,
                        "--service-account-signing-key-file=" + key)),
                problems);
        problems.throwIfAny();
        return config;
    }

    private Path pem(String name, String what, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder().encodeToString(bytes);
        return Files.writeString(
                folder.resolve(name), "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }

    int port() {
        return server.port();
    }

    /** Of a user who may do everything. */
    static String token() {
        return TOKEN;
    }

    @Override
    public void close() {
        server.close();
    }

    Answer send(String method, String path, Map<String, String> headers, byte[] body, boolean asAdmin)
            throws Exception {
        return answer(exchange(method, path, headers, body, asAdmin));
    }

    Reply exchange(String method, String path, Map<String, String> headers, byte[] body, boolean asAdmin)
            throws Exception {
        StringBuilder head = new StringBuilder();
        head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (asAdmin) {
            head.append("Authorization: Bearer ").append(TOKEN).append("\r\n");
        }
        if (body.length > 0 || List.of("POST", "PUT", "PATCH").contains(method)) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        head.append("\r\n");
        try (SSLSocket socket = (SSLSocket) trusting().getSocketFactory().createSocket("127.0.0.1", server.port())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(head.toString().getBytes(ISO_8859_1));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            return reply(socket.getInputStream().readAllBytes());
        }
    }

    private static Reply reply(byte[] whole) {
        String text = new String(whole, ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        String[] lines = text.substring(0, end).split("\r\n");
        int code = Integer.parseInt(lines[0].split(" ")[1]);
        List<String> warnings = new ArrayList<>();
        boolean chunked = false;
        for (String line : lines) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("warning: ")) {
                warnings.add(line.substring("warning: ".length()));
            }
            chunked |= line.equalsIgnoreCase("transfer-encoding: chunked");
        }
        byte[] rest = java.util.Arrays.copyOfRange(whole, end + 4, whole.length);
        return new Reply(code, warnings, new String(chunked ? joined(rest) : rest, UTF_8));
    }

    private static Answer answer(Reply reply) {
        int code = reply.code();
        String body = reply.body();
        if (body.stripLeading().startsWith("{")) {
            ObjectValue tree = JsonReader.readObject(body.getBytes(UTF_8));
            boolean status = tree.at("kind").equals(java.util.Optional.of(Value.of("Status")));
            return new Answer(
                    code,
                    status ? tree.string("reason").orElse("") : "",
                    status ? tree.string("message").orElse("") : "",
                    reply.warnings());
        }
        return new Answer(code, "", code >= 300 ? body : "", reply.warnings());
    }

    private static byte[] joined(byte[] chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (at < chunks.length) {
            int line = at;
            while (chunks[line] != '\r') {
                line++;
            }
            int size = Integer.parseInt(new String(chunks, at, line - at, ISO_8859_1), 16);
            out.write(chunks, line + 2, size);
            at = line + 2 + size + 2;
        }
        return out.toByteArray();
    }

    private static SSLContext trusting() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManager everybody = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        context.init(null, new TrustManager[] {everybody}, new SecureRandom());
        return context;
    }
}
