package io.argosy.deploy.command;

import io.argosy.deploy.host.Processes;
import io.argosy.deploy.node.Daemon;
import io.argosy.deploy.node.Layout;
import io.argosy.deploy.node.NodeSetup;
import io.argosy.deploy.pki.ClusterPki;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows the daemons of this node. */
@Command(name = "status", description = "Show the daemons of this node.", mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    /** The forms of the answer. */
    enum Output {
        table,
        json
    }

    @Option(names = "-o", description = "table or json", defaultValue = "table")
    private Output output = Output.table;

    private record Row(String name, OptionalLong processId, long memory, String address, String version, String log) {}

    @Override
    public Integer call() {
        Layout layout = Installation.layout();
        if (!Files.exists(layout.pki())) {
            throw Failure.of("There is no cluster on this machine", "Fix:  argosy up");
        }
        NodeSetup setup = NodeSetup.forThisMachine(layout);
        List<Row> rows = new ArrayList<>();
        for (Daemon daemon : setup.daemons(ClusterPki.existing(layout.pki()))) {
            OptionalLong id = setup.supervisor().processId(daemon.name());
            rows.add(new Row(
                    daemon.name(),
                    id,
                    id.isPresent() ? Processes.residentBytes(id.getAsLong()) : 0,
                    daemon.address(),
                    Versions.of(daemon.command().getFirst()),
                    setup.supervisor().logHint(daemon.name())));
        }
        System.out.println(output == Output.json ? json(rows) : table(rows));
        boolean healthy = rows.stream().allMatch(row -> row.processId().isPresent());
        return healthy ? ExitCodes.OK : ExitCodes.UNHEALTHY;
    }

    private static String table(List<Row> rows) {
        StringBuilder text = new StringBuilder(String.format(
                "%-24s %-8s %-8s %-28s %-10s %s", "DAEMON", "PID", "MEMORY", "ADDRESS", "VERSION", "LOG"));
        for (Row row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n%-24s %-8s %-8s %-28s %-10s %s",
                    row.name(),
                    row.processId().isPresent() ? Long.toString(row.processId().getAsLong()) : "-",
                    row.memory() / 1_000_000 + " MB",
                    row.address(),
                    row.version(),
                    row.log()));
        }
        return text.toString();
    }

    private static String json(List<Row> rows) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        ArrayNode daemons = root.putArray("daemons");
        for (Row row : rows) {
            ObjectNode daemon = daemons.addObject();
            daemon.put("name", row.name());
            row.processId().ifPresent(id -> daemon.put("pid", id));
            daemon.put("running", row.processId().isPresent());
            daemon.put("memoryBytes", row.memory());
            daemon.put("address", row.address());
            daemon.put("version", row.version());
            daemon.put("log", row.log());
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }
}
