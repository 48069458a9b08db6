package io.argosy.deploy.packaging;

import io.argosy.deploy.host.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes each executable's AOT cache (JEP 483, 514, 515) by a training run of it, so that it starts with its classes linked. */
final class AotCaches {

    private static final Logger log = LoggerFactory.getLogger(AotCaches.class);

    private AotCaches() {}

    static void make(Path distribution, List<Executable> executables) throws IOException {
        Path folder = Files.createDirectories(distribution.resolve("lib/aot"));
        for (Executable executable : executables) {
            Path cache = folder.resolve(executable.name() + ".aot");
            Files.deleteIfExists(cache);
            if (executable.name().equals("kube-apiserver") && ApiServerTraining.possible()) {
                try {
                    ApiServerTraining.run(distribution, cache);
                } catch (IOException e) {
                    log.warn("the AOT cache is made from --help alone executable={}", executable.name(), e);
                }
            }
            if (!Files.exists(cache)) {
                trainByHelp(distribution, executable, cache);
            }
        }
    }

    /** {@code NAME --help} loads flags, logging and the class path, and needs no neighbours. */
    private static void trainByHelp(Path distribution, Executable executable, Path cache) throws IOException {
        Command.Result result = Command.run(
                List.of(
                        "env",
                        "ARGOSY_JAVA_OPTIONS=-XX:AOTCacheOutput=" + cache,
                        distribution.resolve("bin").resolve(executable.name()).toString(),
                        "--help"),
                "");
        if (!Files.exists(cache)) {
            throw new IOException("no AOT cache of " + executable.name() + ": " + result.output());
        }
    }
}
