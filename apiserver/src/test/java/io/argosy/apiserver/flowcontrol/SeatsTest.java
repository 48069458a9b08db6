package io.argosy.apiserver.flowcontrol;

import static io.argosy.apiserver.admission.Requests.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The figures are those that a Kubernetes v1.36 server tells in its metrics, with 600 seats. */
class SeatsTest {

    private static final List<LevelSettings> LEVELS = List.of(
            level("catch-all", 5, 0),
            level("global-default", 20, 50),
            level("leader-election", 10, 0),
            level("node-high", 40, 25),
            level("system", 30, 33),
            level("workload-high", 40, 50),
            level("workload-low", 100, 90));

    private static LevelSettings level(String name, int shares, int lendable) {
        return LevelSettings.of(tree("{metadata: {name: " + name + "}, spec: {type: Limited, limited: "
                + "{nominalConcurrencyShares: " + shares + ", lendablePercent: " + lendable + "}}}"));
    }

    @Test
    void sharesBecomeSeats() {
        Map<String, Seats.Range> ranges = Seats.ranges(LEVELS, 600);
        assertEquals(new Seats.Range(13, 13, 613), ranges.get("catch-all"));
        assertEquals(new Seats.Range(49, 24, 649), ranges.get("global-default"));
        assertEquals(new Seats.Range(98, 73, 698), ranges.get("node-high"));
        assertEquals(new Seats.Range(74, 50, 674), ranges.get("system"));
        assertEquals(new Seats.Range(245, 24, 845), ranges.get("workload-low"));
    }

    @Test
    void idleLevelsHaveAccordingToWhatTheyKeep() {
        assertEquals(
                new TreeMap<>(Map.of(
                        "catch-all", 30,
                        "global-default", 56,
                        "leader-election", 58,
                        "node-high", 170,
                        "system", 117,
                        "workload-high", 114,
                        "workload-low", 56)),
                new TreeMap<>(Seats.divide(Seats.ranges(LEVELS, 600), Map.of())));
    }

    @Test
    void aBusyLevelGetsWhatOthersLendAndNoMore() {
        Map<String, Integer> seats = Seats.divide(Seats.ranges(LEVELS, 600), Map.of("workload-low", 5000.0));
        assertEquals(73, seats.get("node-high"));
        assertEquals(13, seats.get("catch-all"));
        int others = 13 + 24 + 25 + 73 + 50 + 49;
        assertEquals(602 - others, seats.get("workload-low"));
    }

    @Test
    void aBorrowingLimitHolds() {
        LevelSettings limited = LevelSettings.of(
                tree("{metadata: {name: a}, spec: {type: Limited, limited: {nominalConcurrencyShares: 1, "
                        + "borrowingLimitPercent: 50}}}"));
        LevelSettings other = level("b", 1, 100);
        Map<String, Seats.Range> ranges = Seats.ranges(List.of(limited, other), 20);
        assertEquals(new Seats.Range(10, 10, 15), ranges.get("a"));
        assertEquals(15, Seats.divide(ranges, Map.of("a", 100.0)).get("a"));
    }

    @Test
    void demandIsTheMeanAndHowFarItVaries() {
        Demand demand = new Demand(0);
        demand.set(10, 0);
        demand.set(0, 50);
        assertEquals(10, demand.endPeriod(100), 0.01);
        // A period without any: the past remains for a while.
        double next = demand.endPeriod(200);
        assertEquals(9.77, next, 0.01);
    }
}
