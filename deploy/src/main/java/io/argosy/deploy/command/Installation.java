package io.argosy.deploy.command;

import io.argosy.deploy.node.Layout;
import java.nio.file.Path;

/** Where this distribution was unpacked: the folder above the runtime that this command runs on. */
final class Installation {

    private Installation() {}

    static Layout layout() {
        Path runtime = Path.of(System.getProperty("java.home"));
        Path distribution = runtime.resolveSibling("").toAbsolutePath().normalize();
        return Layout.of(distribution);
    }
}
