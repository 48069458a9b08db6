package io.argosy.scheduler.cycle;

import io.argosy.scheduler.framework.Verdict;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sentence that tells why no node takes a pod. */
public final class FitMessage {

    private FitMessage() {}

    /** When no node had to be asked. */
    public static String before(int nodes, List<String> reasons) {
        return start(nodes) + " " + Decision.joined(reasons) + ".";
    }

    /**
     * @param verdicts of the nodes that were asked
     * @param absent reasons that count for all other nodes
     */
    public static String of(int nodes, Collection<Verdict> verdicts, List<String> absent) {
        Map<String, Integer> counts = new HashMap<>();
        int asked = 0;
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Verdict.Rejected rejected) {
                asked++;
                rejected.reasons().forEach(reason -> counts.merge(reason, 1, Integer::sum));
            }
        }
        if (asked < nodes) {
            int others = nodes - asked;
            absent.forEach(reason -> counts.merge(reason, others, Integer::sum));
        }
        List<String> parts = counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .sorted()
                .toList();
        return parts.isEmpty() ? start(nodes) : start(nodes) + " " + Decision.joined(parts) + ".";
    }

    private static String start(int nodes) {
        return "0/" + nodes + " nodes are available:";
    }
}
