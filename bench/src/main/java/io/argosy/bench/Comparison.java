package io.argosy.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One figure of two servers, taken in turns: the first is the reference.
 *
 * @param unit behind each figure
 */
record Comparison(String name, String unit, List<Double> reference, List<Double> measured) {

    Comparison {
        reference = List.copyOf(reference);
        measured = List.copyOf(measured);
        if (reference.size() != measured.size() || reference.isEmpty()) {
            throw new IllegalArgumentException("figures come in pairs: " + reference + " " + measured);
        }
    }

    /** How many times less the measured server takes: the median of the pairs, their least and greatest. */
    String ratio() {
        List<Double> ratios = new ArrayList<>();
        for (int pair = 0; pair < reference.size(); pair++) {
            ratios.add(reference.get(pair) / measured.get(pair));
        }
        double least = ratios.stream().min(Double::compare).orElseThrow();
        double greatest = ratios.stream().max(Double::compare).orElseThrow();
        return String.format(Locale.ROOT, "**%.1f** (%.1f to %.1f)", median(ratios), least, greatest);
    }

    String row() {
        return String.format(
                Locale.ROOT, "| %s | %s | %s | %s |", name, written(reference), written(measured), ratio());
    }

    private String written(List<Double> figures) {
        double median = median(figures);
        int decimals = median >= 100 ? 0 : median >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", median, unit);
    }

    static double median(List<Double> figures) {
        double[] sorted = figures.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
