package io.argosy.deploy.host;

import io.argosy.daemon.kernel.KernelSetting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Kernel settings below {@code /proc/sys}, each change in the ledger first. */
public final class Sysctls {

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
            String former = KernelSetting.read(file);
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
            if (Files.exists(file) && Long.parseLong(KernelSetting.read(file)) < minimum) {
                set(key, Long.toString(minimum));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + key, e);
        }
    }
}
