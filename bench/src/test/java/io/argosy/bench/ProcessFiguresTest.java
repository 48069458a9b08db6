package io.argosy.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessFiguresTest {

    private static final String STATUS = "Name:\tjava\nVmHWM:\t  204800 kB\nVmRSS:\t  102400 kB\n";

    @Test
    void readsTimesBehindANameWithBlanksAndParentheses() {
        String stat = "42 (a (b) c) S 1 42 42 0 -1 4194304 100 0 0 0 1234 66 7 8 20 0 1 0 55 1000 200";
        ProcessFigures figures = ProcessFigures.parse(stat, STATUS);
        assertEquals(Duration.ofMillis(13_000), figures.cpu());
        assertEquals(104_857_600, figures.resident());
        assertEquals(209_715_200, figures.peak());
    }
}
