package io.argosy.deploy.packaging;

import io.argosy.deploy.host.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes each executable's AOT cache (JEP 483, 514) by a training run of it, so that it starts with its classes linked. */
final class AotCaches {

    private AotCaches() {}

    /** The training run is {@code NAME --help}: it loads flags, logging and the class path, and needs no neighbours. */
    static void make(Path distribution, List<Executable> executables) throws IOException {
        Path folder = Files.createDirectories(distribution.resolve("lib/aot"));
        for (Executable executable : executables) {
            Path cache = folder.resolve(executable.name() + ".aot");
            Files.deleteIfExists(cache);
            Command.Result result = Command.run(
                    List.of(
                            "env",
                            "ARGOSY_JAVA_OPTIONS=-XX:AOTCacheOutput=" + cache,
                            distribution
                                    .resolve("bin")
                                    .resolve(executable.name())
                                    .toString(),
                            "--help"),
                    "");
            if (!Files.exists(cache)) {
                throw new IOException("no AOT cache of " + executable.name() + ": " + result.output());
            }
        }
    }
}
