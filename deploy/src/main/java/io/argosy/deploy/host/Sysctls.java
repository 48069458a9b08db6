package io.argosy.deploy.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Kernel settings below {@code /proc/sys}, each change in the ledger first. */
public final class Sysctls {

    private static final int LONGEST = 4096;

    private final Path root;
    private final Ledger ledger;

    public Sysctls(Path root, Ledger ledger) {
        this.root = root;
        this.ledger = ledger;
    }

    /** Sets {@code key} ({@code net/ipv4/ip_forward}); a key that this kernel does not have is left. */
    public void set(String key, String value) {
        Path file = root.resolve(key);
        if (!Files.exists(file)) {
            return;
        }
        try {
            String former = value(file);
            if (former.equals(value)) {
                return;
            }
            ledger.record(Ledger.Kind.SYSCTL, key, former);
            Files.writeString(file, value);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot set " + key, e);
        }
    }

    /** Raises {@code key} to at least {@code minimum}. */
    public void raise(String key, long minimum) {
        Path file = root.resolve(key);
        try {
            if (Files.exists(file) && Long.parseLong(value(file)) < minimum) {
                set(key, Long.toString(minimum));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + key, e);
        }
    }

    /** Read at once: the kernel gives the rest of a setting to nobody who has read its first byte alone. */
    private static String value(Path file) throws IOException {
        byte[] text = new byte[LONGEST];
        try (InputStream in = Files.newInputStream(file)) {
            int count = Math.max(0, in.read(text));
            return new String(text, 0, count, StandardCharsets.US_ASCII).strip();
        }
    }
}
