package io.argosy.kubelet.host;

import java.io.IOException;
import java.util.Map;

/** A system call failed. */
public final class SystemCallException extends IOException {

    private static final Map<Integer, String> TEXTS = Map.ofEntries(
            Map.entry(1, "operation not permitted"),
            Map.entry(2, "no such file or directory"),
            Map.entry(13, "permission denied"),
            Map.entry(16, "device or resource busy"),
            Map.entry(17, "file exists"),
            Map.entry(20, "not a directory"),
            Map.entry(22, "invalid argument"),
            Map.entry(28, "no space left on device"),
            Map.entry(40, "too many levels of symbolic links"));

    private final int errno;

    public SystemCallException(String call, String path, int errno) {
        super(call + " " + path + ": " + TEXTS.getOrDefault(errno, "errno " + errno));
        this.errno = errno;
    }

    public int errno() {
        return errno;
    }
}
