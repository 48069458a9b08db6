package io.argosy.client.transport;

import io.argosy.daemon.clock.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A bearer token in a file that others renew; read again once a minute and after a rejection. */
public final class TokenFile implements Credentials {

    private static final Duration KEEP = Duration.ofMinutes(1);

    private final Path path;
    private final Clock clock;
    private Optional<String> header = Optional.empty();
    private long readAt;

    public TokenFile(Path path, Clock clock) {
        this.path = path;
        this.clock = clock;
    }

    @Override
    public synchronized Optional<String> authorization() throws IOException {
        if (header.isEmpty() || clock.nanoTime() - readAt > KEEP.toNanos()) {
            String token = Files.readString(path).strip();
            if (token.isEmpty()) {
                throw new IOException("read empty token from file \"" + path + "\"");
            }
            header = Optional.of("Bearer " + token);
            readAt = clock.nanoTime();
        }
        return header;
    }

    @Override
    public synchronized void rejected() {
        header = Optional.empty();
    }
}
