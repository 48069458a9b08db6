package io.argosy.apiserver.flowcontrol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlowDumpTest {

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        assertEquals(
                "PriorityLevelName, Index,  Last\ncatch-all,         0,      x\n",
                new String(
                        FlowDump.table(
                                List.of(List.of("PriorityLevelName", "Index", "Last"), List.of("catch-all", "0", "x"))),
                        StandardCharsets.UTF_8));
    }
}
