package io.argosy.deploy.node;

import io.argosy.deploy.host.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Supervision without systemd: a shell loop per daemon ({@code bin/argosy-supervise}) in a session of its own. */
final class ShellSupervisor implements Supervisor {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final Layout layout;

    ShellSupervisor(Layout layout) {
        this.layout = layout;
    }

    @Override
    public Change ensure(Daemon daemon) {
        Path commandFile = file(daemon.name(), "command");
        String command = String.join("\n", daemon.command());
        try {
            boolean same =
                    Files.exists(commandFile) && Files.readString(commandFile).equals(command);
            boolean runs = Processes.runs(processIdIn(file(daemon.name(), "supervisor")), daemon.name());
            if (runs && same) {
                return Change.NONE;
            }
            if (runs) {
                stop(daemon.name());
            }
            Files.createDirectories(layout.run());
            Files.createDirectories(layout.logs());
            Files.writeString(commandFile, command);
            start(daemon);
            return runs ? Change.RESTARTED : Change.STARTED;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + daemon.name(), e);
        }
    }

    private void start(Daemon daemon) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "setsid",
                layout.executable("argosy-supervise").toString(),
                daemon.name(),
                layout.run().toString(),
                layout.log(daemon.name()).toString()));
        command.addAll(daemon.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        layout.log(daemon.name()).toFile()))
                .redirectErrorStream(true);
        builder.start();
    }

    @Override
    public void stop(String name) {
        OptionalLong supervisor = processIdIn(file(name, "supervisor"));
        OptionalLong daemon = processId(name);
        if (Processes.runs(supervisor, name)) {
            Processes.terminate(supervisor, STOP_LIMIT);
        }
        Processes.terminate(daemon, STOP_LIMIT);
        try {
            Files.deleteIfExists(file(name, "supervisor"));
            Files.deleteIfExists(file(name, "pid"));
            Files.deleteIfExists(file(name, "command"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public OptionalLong processId(String name) {
        OptionalLong id = processIdIn(file(name, "pid"));
        return Processes.alive(id) ? id : OptionalLong.empty();
    }

    @Override
    public String logHint(String name) {
        return layout.log(name).toString();
    }

    private Path file(String name, String suffix) {
        return layout.run().resolve(name + "." + suffix);
    }

    private static OptionalLong processIdIn(Path file) {
        try {
            String text = Files.exists(file) ? Files.readString(file).strip() : "";
            return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
