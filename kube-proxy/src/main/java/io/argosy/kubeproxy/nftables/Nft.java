package io.argosy.kubeproxy.nftables;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@code nft} program. */
public class Nft {

    private static final int SECONDS = 60;
    private static final int ERROR_LENGTH = 2000;

    private final List<String> command;

    public Nft() {
        this(List.of("nft"));
    }

    /** @param command what to run {@code nft} with, when it is not to be found by that name alone */
    public Nft(List<String> command) {
        this.command = List.copyOf(command);
    }

    /** Carries out a script as one transaction. */
    public void run(String script) throws IOException {
        Outcome outcome = start(List.of("-f", "-"), script);
        if (outcome.code() != 0) {
            throw new IOException("nft ended with " + outcome.code() + ": " + outcome.output());
        }
    }

    public boolean hasTable(String family, String table) throws IOException {
        return start(List.of("list", "table", family, table), "").code() == 0;
    }

    /** @param output cut to a length that a log line can bear */
    private record Outcome(int code, String output) {}

    private Outcome start(List<String> arguments, String input) throws IOException {
        List<String> whole = new java.util.ArrayList<>(command);
        whole.addAll(arguments);
        Process process = new ProcessBuilder(whole).redirectErrorStream(true).start();
        try {
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("nft did not end within " + SECONDS + " s");
            }
            return new Outcome(process.exitValue(), output.substring(0, Math.min(output.length(), ERROR_LENGTH)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while nft ran", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
