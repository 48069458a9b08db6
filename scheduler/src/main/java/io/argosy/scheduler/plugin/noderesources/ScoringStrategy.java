package io.argosy.scheduler.plugin.noderesources;

import io.argosy.scheduler.framework.NodeScorer;
import java.util.List;

/** How the use of a node's resources becomes a score. */
public sealed interface ScoringStrategy {

    List<ScoredResource> resources();

    /** The emptier the better. */
    record LeastAllocated(List<ScoredResource> resources) implements ScoringStrategy {}

    /** The fuller the better. */
    record MostAllocated(List<ScoredResource> resources) implements ScoringStrategy {}

    /** By a curve through points of use (percent) and score (0 to 10). */
    record RequestedToCapacityRatio(List<ScoredResource> resources, List<Point> shape) implements ScoringStrategy {
        public RequestedToCapacityRatio {
            shape = List.copyOf(shape);
        }

        private long curve(long[] used, long[] allocatable) {
            long sum = 0;
            long weights = 0;
            for (int i = 0; i < used.length; i++) {
                if (allocatable[i] == 0) {
                    continue;
                }
                long score = at(used[i] > allocatable[i] ? 100 : used[i] * 100 / allocatable[i]);
                if (score > 0) {
                    sum += score * resources.get(i).weight();
                    weights += resources.get(i).weight();
                }
            }
            return weights == 0 ? 0 : Math.round((double) sum / weights);
        }

        private long at(long utilization) {
            for (int i = 0; i < shape.size(); i++) {
                Point right = shape.get(i);
                if (utilization <= right.utilization()) {
                    return i == 0 ? scaled(right) : between(shape.get(i - 1), right, utilization);
                }
            }
            return scaled(shape.getLast());
        }

        private static long between(Point left, Point right, long utilization) {
            return scaled(left)
                    + (scaled(right) - scaled(left))
                            * (utilization - left.utilization())
                            / (right.utilization() - left.utilization());
        }

        private static long scaled(Point point) {
            return point.score() * (NodeScorer.MAX / 10);
        }
    }

    /** A point of the curve. */
    record Point(long utilization, long score) {}

    /** The score of a node with these amounts in use (the pod included) of those it has; 0 is not looked at. */
    default long score(long[] used, long[] allocatable) {
        return switch (this) {
            case LeastAllocated(List<ScoredResource> resources) ->
                mean(resources, used, allocatable, ScoringStrategy::free);
            case MostAllocated(List<ScoredResource> resources) ->
                mean(resources, used, allocatable, ScoringStrategy::taken);
            case RequestedToCapacityRatio ratio -> ratio.curve(used, allocatable);
        };
    }

    /** The score of one resource. */
    interface OneResource {
        long score(long used, long allocatable);
    }

    private static long free(long used, long allocatable) {
        return used > allocatable ? 0 : (allocatable - used) * NodeScorer.MAX / allocatable;
    }

    private static long taken(long used, long allocatable) {
        return Math.min(used, allocatable) * NodeScorer.MAX / allocatable;
    }

    private static long mean(List<ScoredResource> resources, long[] used, long[] allocatable, OneResource one) {
        long sum = 0;
        long weights = 0;
        for (int i = 0; i < used.length; i++) {
            if (allocatable[i] != 0) {
                long weight = resources.get(i).weight();
                sum += one.score(used[i], allocatable[i]) * weight;
                weights += weight;
            }
        }
        return weights == 0 ? 0 : sum / weights;
    }
}
