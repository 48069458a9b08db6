package io.argosy.daemon.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Settings of the kernel in files below {@code /proc/sys} and {@code /sys/module} (proc(5)). */
public final class KernelSetting {

    private static final int LONGEST = 4096;

    private KernelSetting() {}

    /**
     * The value, without the line's end. Read at once: the kernel gives the rest of a number to nobody who has read its
     * first byte alone, as {@link Files#readString} does of a file that tells no size.
     */
    public static String read(Path file) throws IOException {
        byte[] text = new byte[LONGEST];
        try (InputStream in = Files.newInputStream(file)) {
            int count = Math.max(0, in.read(text));
            return new String(text, 0, count, StandardCharsets.UTF_8).strip();
        }
    }
}
