package io.argosy.scheduler.preemption;

import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.columns.Selectors;
import io.argosy.scheduler.cycle.FitMessage;
import io.argosy.scheduler.framework.ClusterEvent;
import io.argosy.scheduler.framework.FilterRun;
import io.argosy.scheduler.framework.PostFilterPlugin;
import io.argosy.scheduler.framework.Verdict;
import io.argosy.scheduler.preemption.VictimSearch.Found;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Finds pods of lower priority whose leaving would make room for a pod that fits nowhere. */
public final class DefaultPreemption implements PostFilterPlugin {

    public static final String NAME = "DefaultPreemption";

    private static final String PREFIX = "preemption: ";

    private final int leastPercentage;
    private final int least;
    private final Supplier<List<PodDisruptionBudget>> budgets;
    private final RandomGenerator random;

    /**
     * @param leastPercentage of the nodes that come into question, how many are tried
     * @param least how many are tried at least
     */
    public DefaultPreemption(
            int leastPercentage, int least, Supplier<List<PodDisruptionBudget>> budgets, RandomGenerator random) {
        this.leastPercentage = leastPercentage;
        this.least = least;
        this.budgets = budgets;
        this.random = random;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Remedy remedy(PodInfo pod, FilterRun run) {
        Optional<String> ineligible = ineligible(pod, run);
        if (ineligible.isPresent()) {
            return new Remedy.None(PREFIX + ineligible.get(), false);
        }
        ClusterState cluster = run.cluster();
        int[] slots = resolvable(run);
        List<Verdict> refusals = new ArrayList<>();
        List<Victims> candidates = search(pod, run, slots, refusals);
        if (candidates.isEmpty()) {
            String message =
                    FitMessage.of(cluster.size(), refusals, List.of("Preemption is not helpful for scheduling"));
            return new Remedy.None(PREFIX + message, true);
        }
        Victims best = VictimChoice.best(candidates);
        return new Remedy.Preempt(cluster.name(best.slot()), best.pods());
    }

    private List<Victims> search(PodInfo pod, FilterRun run, int[] slots, List<Verdict> refusals) {
        List<Victims> candidates = new ArrayList<>();
        if (slots.length == 0) {
            return candidates;
        }
        VictimSearch search = new VictimSearch(pod, run, budgets.get());
        int enough = Math.min(slots.length, Math.max(least, slots.length * leastPercentage / 100));
        int offset = random.nextInt(slots.length);
        boolean harmless = false;
        for (int i = 0; i < slots.length && !(harmless && candidates.size() >= enough); i++) {
            switch (search.on(slots[(offset + i) % slots.length])) {
                case Found.Some(Victims victims) -> {
                    if (!victims.pods().isEmpty()) {
                        candidates.add(victims);
                        harmless |= victims.violations() == 0;
                    }
                }
                case Found.Nothing(Verdict why) -> refusals.add(why);
            }
        }
        return candidates;
    }

    /** The nodes where other pods stand in the way. */
    private static int[] resolvable(FilterRun run) {
        ClusterState cluster = run.cluster();
        int[] slots = new int[cluster.size()];
        int count = 0;
        for (int place = 0; place < slots.length; place++) {
            int slot = cluster.at(place);
            if (run.verdict(slot) instanceof Verdict.Rejected rejected && !rejected.unresolvable()) {
                slots[count++] = slot;
            }
        }
        return java.util.Arrays.copyOf(slots, count);
    }

    private static Optional<String> ineligible(PodInfo pod, FilterRun run) {
        if ("Never".equals(pod.pod().getSpec().getPreemptionPolicy())) {
            return Optional.of("not eligible due to preemptionPolicy=Never.");
        }
        int slot = pod.nominatedNode().map(run.cluster()::slotOf).orElse(-1);
        if (slot < 0 || (run.verdict(slot) instanceof Verdict.Rejected rejected && rejected.unresolvable())) {
            return Optional.empty();
        }
        for (PodInfo other : run.cluster().pods(slot)) {
            if (other.priority() < pod.priority() && goesForPreemption(other)) {
                return Optional.of("not eligible due to a terminating pod on the nominated node.");
            }
        }
        return Optional.empty();
    }

    private static boolean goesForPreemption(PodInfo pod) {
        if (!pod.terminating() || pod.pod().getStatus() == null) {
            return false;
        }
        for (PodCondition condition : Selectors.orEmpty(pod.pod().getStatus().getConditions())) {
            if ("DisruptionTarget".equals(condition.getType())) {
                return "True".equals(condition.getStatus()) && "PreemptionByScheduler".equals(condition.getReason());
            }
        }
        return false;
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo waiting) {
        return false;
    }
}
