package io.argosy.apiserver.server;

import io.argosy.apiserver.audit.AuditPolicy;
import io.argosy.apiserver.audit.AuditTrail;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Optional;

/** The audit trail that a configuration asks for: none without a policy and a place to write to. */
final class AuditSetUp {

    private AuditSetUp() {}

    static AuditTrail trail(ServerConfig config, InstantSource clock) throws IOException {
        Optional<Path> file = config.policy().auditPolicy();
        String path = config.policy().auditPath();
        if (file.isEmpty() || path.isEmpty()) {
            return new AuditTrail(AuditPolicy.NONE, Optional.empty(), clock);
        }
        OutputStream out = path.equals("-")
                ? System.out
                : Files.newOutputStream(Path.of(path), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return new AuditTrail(AuditPolicy.parse(Files.readAllBytes(file.get())), Optional.of(out), clock);
    }
}
