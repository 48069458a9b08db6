package io.argosy.bench;

import io.argosy.client.transport.EventLoops;
import io.argosy.daemon.config.ConfigurationException;
import io.argosy.deploy.host.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code argosy bench}: two API servers side by side on this machine. */
@CommandLine.Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Puts the same load on two API servers in turns, and tells what it costs each.")
public final class Bench implements Callable<Integer> {

    @Option(names = "--reference", required = true, description = "NAME=PATH of the kube-apiserver to compare with")
    private Map<String, Path> reference = Map.of();

    @Option(names = "--measured", required = true, description = "NAME=PATH of the kube-apiserver to measure")
    private Map<String, Path> measured = Map.of();

    @Option(names = "--etcd", defaultValue = "/usr/bin/etcd", description = "etcd program (${DEFAULT-VALUE})")
    private Path etcd = Path.of("/usr/bin/etcd");

    @Option(names = "--pods", defaultValue = "10000", description = "pods that both hold (${DEFAULT-VALUE})")
    private int pods;

    @Option(names = "--starts", defaultValue = "5", description = "starts of each server (${DEFAULT-VALUE})")
    private int starts;

    @Option(names = "--rounds", defaultValue = "4", description = "pairs of blocks of each work (${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "5", description = "length of a block (${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "15", description = "seconds of each work before (${DEFAULT-VALUE})")
    private int warmUp;

    @Option(names = "--workers", defaultValue = "4", description = "who ask at once (${DEFAULT-VALUE})")
    private int workers;

    @Option(names = "--watchers", defaultValue = "200", description = "who watch at once (${DEFAULT-VALUE})")
    private int watchers;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ConfigurationException {
        Path folder = Files.createTempDirectory("argosy-bench");
        SideBySide.Plan plan = new SideBySide.Plan(
                pods, starts, rounds, Duration.ofSeconds(seconds), Duration.ofSeconds(warmUp), workers, watchers);
        try (EventLoops loops = new EventLoops();
                ServerUnderTest one = server(reference, folder);
                ServerUnderTest other = server(measured, folder)) {
            new SideBySide(plan, one, other, loops, System.out).run();
        }
        Command.must("rm", "-rf", "--one-file-system", folder.toString());
        return 0;
    }

    private ServerUnderTest server(Map<String, Path> named, Path folder) throws IOException {
        Map.Entry<String, Path> entry = named.entrySet().iterator().next();
        return ServerUnderTest.prepare(
                entry.getKey(), entry.getValue().toAbsolutePath(), etcd, folder.resolve(entry.getKey()));
    }
}
