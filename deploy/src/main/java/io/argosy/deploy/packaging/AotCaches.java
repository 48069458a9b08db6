package io.argosy.deploy.packaging;

import io.argosy.deploy.host.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes each executable's AOT cache (JEP 483, 514, 515), so that it starts with its classes linked: from the work of a
 * whole control plane where this machine can run one, else from {@code --help}.
 */
final class AotCaches {

    private static final Logger log = LoggerFactory.getLogger(AotCaches.class);

    /** Whether a network namespace of one's own can be had here. */
    private static final List<String> ALONE = List.of("unshare", "--net", "--", "ip", "link", "set", "lo", "up");

    private static final Duration LIMIT = Duration.ofMinutes(6);

    private AotCaches() {}

    static void make(Path distribution, List<Executable> executables) throws IOException {
        Path folder = Files.createDirectories(distribution.resolve("lib/aot"));
        for (Executable executable : executables) {
            Files.deleteIfExists(cache(folder, executable));
        }
        if (TrainedDaemons.possible()) {
            train(distribution);
        }
        for (Executable executable : executables) {
            if (!Files.exists(cache(folder, executable))) {
                trainByHelp(distribution, executable, cache(folder, executable));
            }
        }
    }

    private static Path cache(Path folder, Executable executable) {
        return folder.resolve(executable.name() + ".aot");
    }

    private static void train(Path distribution) {
        boolean alone = Command.run(ALONE, "").ok();
        List<String> command = new ArrayList<>();
        if (alone) {
            command.addAll(List.of("unshare", "--net", "--", "sh", "-c", "ip link set lo up && exec \"$@\"", "sh"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                ControlPlaneTraining.class.getName(),
                distribution.toString()));
        if (alone) {
            command.add("alone");
        }
        Command.Result result = Command.run(command, "", LIMIT);
        if (!result.ok()) {
            log.warn("the daemons were not trained to the end output={}", result.output());
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
