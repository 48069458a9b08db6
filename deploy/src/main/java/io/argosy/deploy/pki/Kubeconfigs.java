package io.argosy.deploy.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Kubeconfig files with everything inside: the authority, the client's certificate and its key. */
public final class Kubeconfigs {

    private Kubeconfigs() {}

    /** The text of a kubeconfig whose one context is called {@code context}. */
    public static String text(
            String context, String server, Path authority, CertificateAuthority.Leaf user, String userName) {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: %1$s
                  cluster:
                    certificate-authority-data: %2$s
                    server: %3$s
                users:
                - name: %6$s
                  user:
                    client-certificate-data: %4$s
                    client-key-data: %5$s
                contexts:
                - name: %1$s
                  context:
                    cluster: %1$s
                    user: %6$s
                current-context: %1$s
                """.formatted(
                context, base64(authority), server, base64(user.certificateFile()), base64(user.keyFile()), userName);
    }

    /** Writes it readable by root alone. */
    public static void write(Path file, String text) {
        KeyFiles.write(file, "rw-------", text);
    }

    private static String base64(Path file) {
        try {
            return Base64.getEncoder().encodeToString(Files.readString(file).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
