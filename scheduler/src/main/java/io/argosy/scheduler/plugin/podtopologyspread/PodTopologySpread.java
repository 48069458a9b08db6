package io.argosy.scheduler.plugin.podtopologyspread;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.columns.Selectors;
import io.argosy.scheduler.framework.ClusterEvent;
import io.argosy.scheduler.framework.FilterPlugin;
import io.argosy.scheduler.framework.NodeScorer;
import io.argosy.scheduler.framework.ScorePlugin;
import io.argosy.scheduler.workloads.WorkloadSelectors;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import java.util.List;
import java.util.Optional;

/** Spreads pods over the values of node labels; pods without constraints get those of the configuration. */
public final class PodTopologySpread implements FilterPlugin, ScorePlugin {

    public static final String NAME = "PodTopologySpread";

    private static final String HARD = "DoNotSchedule";
    private static final String SOFT = "ScheduleAnyway";
    private static final List<TopologySpreadConstraint> SYSTEM =
            List.of(soft(SpreadConstraint.HOSTNAME, 3), soft("topology.kubernetes.io/zone", 5));

    private final List<TopologySpreadConstraint> defaults;
    private final boolean system;
    private final WorkloadSelectors workloads;

    /** @param system whether the built-in constraints take the place of {@code defaults} */
    public PodTopologySpread(List<TopologySpreadConstraint> defaults, boolean system, WorkloadSelectors workloads) {
        this.defaults = system ? SYSTEM : List.copyOf(defaults);
        this.system = system;
        this.workloads = workloads;
    }

    private static TopologySpreadConstraint soft(String key, int maxSkew) {
        return new TopologySpreadConstraintBuilder()
                .withTopologyKey(key)
                .withMaxSkew(maxSkew)
                .withWhenUnsatisfiable(SOFT)
                .build();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Prepared prepare(PodInfo pod, ClusterState cluster) {
        List<SpreadConstraint> constraints = constraints(pod, HARD);
        return constraints.isEmpty() ? Prepared.Skip.SKIP : Prepared.check(new SpreadFilter(pod, constraints, cluster));
    }

    @Override
    public Optional<NodeScorer> prepareScore(PodInfo pod, ClusterState cluster, int[] slots) {
        List<SpreadConstraint> constraints = constraints(pod, SOFT);
        if (constraints.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SpreadScorer(pod, constraints, cluster, slots, !own(pod).isEmpty() || !system));
    }

    private static List<TopologySpreadConstraint> own(PodInfo pod) {
        return Selectors.orEmpty(pod.pod().getSpec().getTopologySpreadConstraints());
    }

    private List<SpreadConstraint> constraints(PodInfo pod, String action) {
        if (!own(pod).isEmpty()) {
            return SpreadConstraint.of(own(pod), pod.shape().labels(), action);
        }
        List<SpreadConstraint> found = SpreadConstraint.of(defaults, pod.shape().labels(), action);
        if (found.isEmpty()) {
            return found;
        }
        LabelSelector selector = workloads.of(pod);
        return selector.isEverything()
                ? List.of()
                : found.stream()
                        .map(constraint -> constraint.withSelector(selector))
                        .toList();
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo waiting) {
        return switch (event) {
            case ClusterEvent.PodGone(PodInfo other) -> concerns(waiting, other);
            case ClusterEvent.PodPlaced(PodInfo other) -> concerns(waiting, other);
            case ClusterEvent.NodeChanged _, ClusterEvent.PodChanged _ -> true;
            default -> false;
        };
    }

    private boolean concerns(PodInfo waiting, PodInfo other) {
        return other.namespace().equals(waiting.namespace())
                && constraints(waiting, HARD).stream()
                        .anyMatch(constraint ->
                                constraint.selector().matches(other.shape().labels()));
    }
}
