package io.argosy.apiserver.server;

import io.argosy.daemon.tls.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificates of a file; looked at again every few seconds. A file that cannot be read leaves the last ones. */
final class AuthorityFile implements Supplier<List<X509Certificate>> {

    private static final Logger log = LoggerFactory.getLogger(AuthorityFile.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final Path file;
    private final InstantSource clock;
    private volatile State state = new State(Instant.MIN, FileTime.fromMillis(0), List.of());

    private record State(Instant looked, FileTime time, List<X509Certificate> certificates) {}

    AuthorityFile(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    @Override
    public List<X509Certificate> get() {
        State current = state;
        Instant now = clock.instant();
        if (current.looked.equals(Instant.MIN) || !now.isBefore(current.looked.plus(LOOK_AGAIN))) {
            current = read(current, now);
            state = current;
        }
        return current.certificates;
    }

    private State read(State current, Instant now) {
        try {
            FileTime time = Files.getLastModifiedTime(file);
            if (time.equals(current.time)) {
                return new State(now, time, current.certificates);
            }
            return new State(now, time, Pem.certificates(Files.readAllBytes(file)));
        } catch (IOException | GeneralSecurityException e) {
            log.error("authorities cannot be read, the last ones stay file={}", file, e);
            return new State(now, current.time, current.certificates);
        }
    }
}
