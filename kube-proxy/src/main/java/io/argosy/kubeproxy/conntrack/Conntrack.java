package io.argosy.kubeproxy.conntrack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@code conntrack} program, which deletes flows from the kernel's table. */
public final class Conntrack {

    private static final Logger LOG = LoggerFactory.getLogger(Conntrack.class);
    private static final int SECONDS = 10;

    private final List<String> command;

    /** @param command usually {@code conntrack} alone */
    public Conntrack(List<String> command) {
        this.command = List.copyOf(command);
    }

    /** Forgets each flow; one that is not there, or a failure, stops no other. */
    public void forget(List<StaleFlows.Flow> flows) {
        for (StaleFlows.Flow flow : flows) {
            List<String> arguments = new ArrayList<>(command);
            arguments.addAll(List.of("-D", "-p", "udp"));
            arguments.addAll(
                    switch (flow) {
                        case StaleFlows.Flow.ToEndpoint(String service, String endpoint) ->
                            List.of("--orig-dst", service, "--dst-nat", endpoint);
                        case StaleFlows.Flow.ToAddress(String service) -> List.of("--orig-dst", service);
                        case StaleFlows.Flow.ToNodePort(int port) -> List.of("--dport", Integer.toString(port));
                    });
            run(arguments);
        }
    }

    private static void run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            boolean nothingThere = output.contains("0 flow entries have been deleted");
            if (!ended || (process.exitValue() != 0 && !nothingThere)) {
                LOG.warn("conntrack failed command=\"{}\" output=\"{}\"", String.join(" ", command), output.strip());
            }
        } catch (IOException e) {
            LOG.warn("conntrack could not be run command=\"{}\"", String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
