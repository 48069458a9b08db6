package io.argosy.kubeproxy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a kube-proxy of another mode left in iptables: it would go on to lead packets to endpoints that are gone, before the
 * rules of this one see them.
 */
final class IptablesLeftovers {

    private static final Logger LOG = LoggerFactory.getLogger(IptablesLeftovers.class);
    private static final int SECONDS = 30;
    // Chains of kube-proxy; the kubelet's own (KUBE-FIREWALL, KUBE-IPTABLES-HINT, KUBE-KUBELET-CANARY) stay.
    private static final Pattern OURS = Pattern.compile("KUBE-(SERVICES|EXTERNAL-SERVICES|NODEPORTS?|NODE-PORT"
            + "|POSTROUTING|MARK-MASQ|FORWARD|PROXY-FIREWALL|PROXY-CANARY|SOURCE-RANGES-FIREWALL|LOAD-BALANCER"
            + "|IPVS-[A-Z-]+|(SVC|SVL|SEP|EXT|FW|XLB)-[A-Z0-9]+)");
    private static final Pattern JUMP = Pattern.compile(" -[jg] (\\S+)");

    private IptablesLeftovers() {}

    /** Removes them, of both families; a machine without iptables has none. What cannot be removed is logged. */
    static void remove() {
        for (String program : List.of("iptables", "ip6tables")) {
            if (Stream.of("/usr/sbin", "/sbin", "/usr/bin")
                    .noneMatch(at -> Files.exists(Path.of(at, program + "-save")))) {
                continue;
            }
            try {
                Optional<String> script = script(run(List.of(program + "-save"), ""));
                if (script.isPresent()) {
                    run(List.of(program + "-restore", "--noflush", "-w", "5"), script.get());
                    LOG.info("removed rules that another kube-proxy left program={}", program);
                }
            } catch (IOException e) {
                LOG.warn("cannot look after rules of another kube-proxy program={} reason={}", program, e.getMessage());
            }
        }
    }

    /** What removes them, for iptables-restore, of what iptables-save says; empty when there are none. */
    static Optional<String> script(String saved) {
        StringBuilder all = new StringBuilder();
        String table = "";
        List<String> chains = new ArrayList<>();
        List<String> jumps = new ArrayList<>();
        for (String line : saved.split("\n")) {
            if (line.startsWith("*")) {
                table = line;
            } else if (line.startsWith(":") && isOurs(line.substring(1).split(" ")[0])) {
                chains.add(line.substring(1).split(" ")[0]);
            } else if (line.startsWith("-A ") && leadsToUs(line)) {
                jumps.add("-D" + line.substring(2));
            } else if (line.equals("COMMIT")) {
                if (!chains.isEmpty()) {
                    all.append(table).append('\n');
                    // A chain that is named is emptied.
                    chains.forEach(chain -> all.append(':').append(chain).append(" - [0:0]\n"));
                    jumps.forEach(jump -> all.append(jump).append('\n'));
                    chains.forEach(chain -> all.append("-X ").append(chain).append('\n'));
                    all.append("COMMIT\n");
                }
                chains.clear();
                jumps.clear();
            }
        }
        return Optional.of(all.toString()).filter(text -> !text.isEmpty());
    }

    private static boolean leadsToUs(String rule) {
        Matcher jump = JUMP.matcher(rule);
        return jump.find() && isOurs(jump.group(1)) && !isOurs(rule.split(" ")[1]);
    }

    private static boolean isOurs(String chain) {
        return OURS.matcher(chain).matches();
    }

    private static String run(List<String> command, String input) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(command.getFirst() + " failed: " + output.strip());
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.getFirst() + " ran", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
