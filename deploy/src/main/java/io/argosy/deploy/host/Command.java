package io.argosy.deploy.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of this machine with an argument vector, never through a shell. */
public final class Command {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Command() {}

    /** How a program ended, and what it wrote to both its streams together. */
    public record Result(int exitCode, String output) {
        public boolean ok() {
            return exitCode == 0;
        }
    }

    /** Runs to the end; 127 when the program is not there, 124 when it takes more than two minutes. */
    public static Result run(String... command) {
        return run(List.of(command), "");
    }

    /** The same with {@code input} as its standard input. */
    public static Result run(List<String> command, String input) {
        return run(command, input, LIMIT);
    }

    /** The same; 124 when it takes longer than {@code limit}. */
    public static Result run(List<String> command, String input, Duration limit) {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return new Result(127, command.getFirst() + ": " + e.getMessage());
        }
        Thread feeder = Thread.ofVirtual().start(() -> feed(process, input));
        try (var output = process.getInputStream()) {
            Thread guard = Thread.ofVirtual().start(() -> endAfter(limit, process));
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            guard.interrupt();
            guard.join();
            feeder.join();
            return new Result(exitCode, text);
        } catch (IOException e) {
            return new Result(124, command.getFirst() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return new Result(130, "interrupted");
        }
    }

    /** Runs to the end and returns what it wrote, or throws with it. */
    public static String must(String... command) {
        Result result = run(command);
        if (!result.ok()) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + result.exitCode() + ": "
                    + result.output().strip());
        }
        return result.output();
    }

    private static void feed(Process process, String input) {
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The program ended without reading all of its input; its exit code tells.
            return;
        }
    }

    private static void endAfter(Duration limit, Process process) {
        try {
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
