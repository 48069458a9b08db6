package io.argosy.deploy.image;

import io.argosy.deploy.host.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** containerd's own client program, on one socket, in the namespace {@code k8s.io} that the kubelet's pods live in. */
public final class Ctr {

    private final Path socket;

    public Ctr(Path socket) {
        this.socket = socket;
    }

    /** Runs to the end, whatever comes of it. */
    public Command.Result run(String... arguments) {
        return Command.run(command(arguments), "");
    }

    /** Runs to the end and returns what it wrote, or throws with it. */
    public String must(String... arguments) {
        return Command.must(command(arguments).toArray(String[]::new));
    }

    /** The words of a listing with one word a line ({@code -q}); empty when containerd does not answer. */
    public List<String> words(String... arguments) {
        Command.Result result = run(arguments);
        return result.ok()
                ? result.output()
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList()
                : List.of();
    }

    private List<String> command(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("/usr/bin/ctr", "--address", socket.toString(), "--namespace", "k8s.io"));
        command.addAll(List.of(arguments));
        return command;
    }
}
