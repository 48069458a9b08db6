package io.argosy.scheduler.cycle;

import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.framework.FilterPlugin;
import io.argosy.scheduler.framework.FilterPlugin.Prepared;
import io.argosy.scheduler.framework.FilterRun;
import io.argosy.scheduler.framework.NodeFilter;
import io.argosy.scheduler.framework.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The filters of all plugins, made ready for one pod, and what they have said so far. */
final class PodFilters implements FilterRun {

    private final PodInfo pod;
    private final ClusterState cluster;
    private final Nominations nominations;
    private final List<NodeFilter> filters = new ArrayList<>();
    private final Map<Integer, Verdict> verdicts = new HashMap<>();
    private final Set<String> limitedBy = new TreeSet<>();
    private Optional<Set<String>> only = Optional.empty();
    private Optional<Verdict.Rejected> noNode = Optional.empty();

    PodFilters(PodInfo pod, List<FilterPlugin> plugins, ClusterState cluster, Nominations nominations) {
        this.pod = pod;
        this.cluster = cluster;
        this.nominations = nominations;
        for (FilterPlugin plugin : plugins) {
            switch (plugin.prepare(pod, cluster)) {
                case Prepared.Skip _ -> {}
                case Prepared.NoNode(Verdict.Rejected why) -> {
                    noNode = Optional.of(why);
                    return;
                }
                case Prepared.Check(NodeFilter filter) -> filters.add(filter);
                case Prepared.Only(Set<String> names, NodeFilter filter) -> {
                    filters.add(filter);
                    if (!limit(plugin.name(), names)) {
                        return;
                    }
                }
            }
        }
    }

    private boolean limit(String plugin, Set<String> names) {
        limitedBy.add(plugin);
        Set<String> left = new HashSet<>(names);
        only.ifPresent(left::retainAll);
        only = Optional.of(left);
        if (!left.isEmpty()) {
            return true;
        }
        String end = limitedBy.size() == 1 ? "" : " simultaneously";
        noNode = Optional.of(Verdict.Rejected.always(plugin, unsatisfied() + end));
        return false;
    }

    private String unsatisfied() {
        return "node(s) didn't satisfy plugin(s) [" + String.join(" ", limitedBy) + "]";
    }

    /** Why no node comes into question. */
    Optional<Verdict.Rejected> noNode() {
        return noNode;
    }

    /** The only nodes that come into question. */
    Optional<Set<String>> only() {
        return only;
    }

    /** Asks about a node and keeps the answer when it is no. */
    boolean passes(int slot) {
        Verdict verdict = check(slot);
        if (verdict.passes()) {
            verdicts.remove(slot);
            return true;
        }
        verdicts.put(slot, verdict);
        return false;
    }

    Collection<Verdict> verdicts() {
        return verdicts.values();
    }

    /** What counts for nodes that were not asked. */
    List<String> absentReasons() {
        return limitedBy.isEmpty() ? List.of() : List.of(unsatisfied());
    }

    Set<String> rejectedBy() {
        Set<String> plugins = new HashSet<>(limitedBy);
        noNode.ifPresent(why -> plugins.add(why.plugin()));
        for (Verdict verdict : verdicts.values()) {
            if (verdict instanceof Verdict.Rejected rejected) {
                plugins.add(rejected.plugin());
            }
        }
        return plugins;
    }

    @Override
    public ClusterState cluster() {
        return cluster;
    }

    @Override
    public boolean refusedBefore(String plugin) {
        return noNode.isPresent() && !noNode.get().plugin().equals(plugin);
    }

    @Override
    public Verdict verdict(int slot) {
        Verdict known = verdicts.get(slot);
        if (known != null) {
            return known;
        }
        return noNode.<Verdict>map(why -> why)
                .orElseGet(() -> limitedBy.isEmpty()
                        ? Verdict.Pass.PASS
                        : Verdict.Rejected.always(limitedBy.iterator().next(), unsatisfied()));
    }

    @Override
    public Verdict check(int slot) {
        if (!nominations.isEmpty()) {
            List<PodInfo> promised = nominated(slot).stream()
                    .filter(other ->
                            other.priority() >= pod.priority() && !other.uid().equals(pod.uid()))
                    .toList();
            if (!promised.isEmpty()) {
                promised.forEach(other -> with(other, slot));
                Verdict crowded = ask(slot);
                promised.forEach(other -> without(other, slot));
                if (!crowded.passes()) {
                    return crowded;
                }
            }
        }
        return ask(slot);
    }

    private Verdict ask(int slot) {
        for (int i = 0; i < filters.size(); i++) {
            Verdict verdict = filters.get(i).check(slot);
            if (!verdict.passes()) {
                return verdict;
            }
        }
        return Verdict.Pass.PASS;
    }

    @Override
    public List<PodInfo> nominated(int slot) {
        return nominations.on(cluster.name(slot));
    }

    @Override
    public void without(PodInfo other, int slot) {
        cluster.removePod(other, slot);
        filters.forEach(filter -> filter.podChanged(other, slot, -1));
    }

    @Override
    public void with(PodInfo other, int slot) {
        cluster.addPod(other, slot);
        filters.forEach(filter -> filter.podChanged(other, slot, 1));
    }
}
