package io.argosy.kubelet.volume;

import java.util.Arrays;
import java.util.Optional;

/**
 * One file of a volume made from API objects.
 *
 * @param mode permission bits
 * @param owner the user who shall own it; empty leaves it to root
 */
record FileContent(byte[] bytes, int mode, Optional<Long> owner) {

    static FileContent of(byte[] bytes, int mode) {
        return new FileContent(bytes, mode, Optional.empty());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileContent f
                && Arrays.equals(bytes, f.bytes)
                && mode == f.mode
                && owner.equals(f.owner);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes) * 31 + mode;
    }
}
