package io.argosy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** One command makes a cluster, the same command again changes nothing. */
@ExtendWith(Clusters.class)
class UpIT {

    private final Machine machine = Clusters.cluster().machine();

    @Test
    void endsWithAReadyNodeAndDnsThatAnswersAndSaysWhatItTook() {
        String output = Clusters.cluster().upOutput();
        assertTrue(output.contains("✓ Node node1 is Ready"), output);
        assertTrue(output.contains("✓ DNS answers"), output);
        assertTrue(output.lines().anyMatch(line -> line.matches("Ready in \\d+\\.\\d s, using \\d+ MB\\.")), output);
    }

    @Test
    void aSecondRunChangesNothing() {
        List<String> before = processIds();
        String output = machine.must(Machine.ARGOSY, "up");
        assertTrue(output.contains("nothing was changed"), output);
        assertEquals(before, processIds());
    }

    @Test
    void statusTellsEveryDaemonsProcessMemoryAddressVersionAndLog() {
        JsonNode daemons = new ObjectMapper()
                .readTree(machine.must(Machine.ARGOSY, "status", "-o", "json"))
                .get("daemons");
        assertEquals(7, daemons.size());
        for (JsonNode daemon : daemons) {
            assertTrue(daemon.get("pid").asLong() > 0, daemon.toString());
            assertTrue(daemon.get("memoryBytes").asLong() > 1_000_000, daemon.toString());
            assertTrue(!daemon.get("address").asString().isEmpty(), daemon.toString());
            assertTrue(daemon.get("version").asString().matches("v?\\d+\\.\\d+.*"), daemon.toString());
            assertTrue(daemon.get("log").asString().startsWith("journalctl"), daemon.toString());
        }
    }

    private List<String> processIds() {
        return new ObjectMapper()
                .readTree(machine.must(Machine.ARGOSY, "status", "-o", "json"))
                .get("daemons")
                .valueStream()
                .map(daemon ->
                        daemon.get("name").asString() + "=" + daemon.get("pid").asLong())
                .toList();
    }
}
