package io.argosy.client.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a PEM text comes from; read again to learn of a new one. */
@FunctionalInterface
public interface PemSource {

    byte[] read() throws IOException;

    static PemSource file(Path path) {
        return () -> Files.readAllBytes(path);
    }

    static PemSource of(byte[] text) {
        return text::clone;
    }
}
