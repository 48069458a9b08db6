package io.argosy.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    @Test
    void comparesPairByPair() {
        Comparison comparison = new Comparison("GET", "ms", List.of(1.0, 3.0, 1.2), List.of(0.5, 1.0, 0.3));
        assertEquals("**3.0** (2.0 to 4.0)", comparison.ratio());
        assertEquals("| GET | 1.20 ms | 0.50 ms | **3.0** (2.0 to 4.0) |", comparison.row());
    }

    @Test
    void takesTheMiddleOfAnEvenNumber() {
        assertEquals(2.5, Comparison.median(List.of(4.0, 1.0, 2.0, 3.0)));
    }

    @Test
    void refusesFiguresWithoutTheirPair() {
        assertThrows(
                IllegalArgumentException.class, () -> new Comparison("GET", "ms", List.of(1.0), List.of(1.0, 2.0)));
    }
}
