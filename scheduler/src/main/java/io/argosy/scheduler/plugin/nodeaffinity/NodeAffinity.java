package io.argosy.scheduler.plugin.nodeaffinity;

import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.NodeFacts;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.columns.Selectors;
import io.argosy.scheduler.framework.ClusterEvent;
import io.argosy.scheduler.framework.FilterPlugin;
import io.argosy.scheduler.framework.NodeFilter;
import io.argosy.scheduler.framework.NodeScorer;
import io.argosy.scheduler.framework.ScorePlugin;
import io.argosy.scheduler.framework.Verdict;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Node selectors and node affinity of pods, and an affinity that configuration adds to all of them. */
public final class NodeAffinity implements FilterPlugin, ScorePlugin {

    public static final String NAME = "NodeAffinity";

    private static final Verdict NOT_WANTED =
            Verdict.Rejected.always(NAME, "node(s) didn't match Pod's node affinity/selector");
    private static final Verdict NOT_ALLOWED =
            Verdict.Rejected.always(NAME, "node(s) didn't match scheduler-enforced node affinity");
    private static final Verdict.Rejected CONFLICT = Verdict.Rejected.always(NAME, "pod affinity terms conflict");

    private final Optional<RequiredNodes> addedRequired;
    private final List<Preference> addedPreferred;

    private record Preference(NodeTerm term, long weight) {}

    public NodeAffinity(Optional<io.fabric8.kubernetes.api.model.NodeAffinity> added) {
        this.addedRequired = added.map(
                        io.fabric8.kubernetes.api.model.NodeAffinity::getRequiredDuringSchedulingIgnoredDuringExecution)
                .map(RequiredNodes::of);
        this.addedPreferred = preferences(added.map(
                        io.fabric8.kubernetes.api.model.NodeAffinity
                                ::getPreferredDuringSchedulingIgnoredDuringExecution)
                .orElse(List.of()));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Prepared prepare(PodInfo pod, ClusterState cluster) {
        RequiredNodes required = RequiredNodes.of(pod.pod());
        if (required.isAll() && addedRequired.isEmpty()) {
            return Prepared.Skip.SKIP;
        }
        NodeFilter filter = slot -> check(required, cluster.facts(slot));
        Optional<java.util.Set<String>> names = required.names();
        if (names.isEmpty()) {
            return Prepared.check(filter);
        }
        return names.get().isEmpty() ? new Prepared.NoNode(CONFLICT) : new Prepared.Only(names.get(), filter);
    }

    private Verdict check(RequiredNodes required, NodeFacts node) {
        if (addedRequired.isPresent() && !addedRequired.get().match(node)) {
            return NOT_ALLOWED;
        }
        return required.match(node) ? Verdict.Pass.PASS : NOT_WANTED;
    }

    @Override
    public Optional<NodeScorer> prepareScore(PodInfo pod, ClusterState cluster, int[] slots) {
        List<Preference> preferences = new ArrayList<>(addedPreferred);
        var affinity = pod.pod().getSpec().getAffinity();
        if (affinity != null && affinity.getNodeAffinity() != null) {
            preferences.addAll(
                    preferences(affinity.getNodeAffinity().getPreferredDuringSchedulingIgnoredDuringExecution()));
        }
        if (preferences.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new NodeScorer() {
            @Override
            public long score(int slot) {
                long sum = 0;
                NodeFacts node = cluster.facts(slot);
                for (Preference preference : preferences) {
                    if (preference.term().matches(node.name(), node.labels())) {
                        sum += preference.weight();
                    }
                }
                return sum;
            }

            @Override
            public void normalize(long[] scores, int[] all) {
                NodeScorer.scale(scores, false);
            }
        });
    }

    private static List<Preference> preferences(@Nullable List<PreferredSchedulingTerm> terms) {
        return Selectors.orEmpty(terms).stream()
                .filter(term -> term.getWeight() != null && term.getWeight() != 0)
                .map(term -> new Preference(NodeTerm.of(term.getPreference()), term.getWeight()))
                .toList();
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo waiting) {
        return switch (event) {
            case ClusterEvent.NodeChanged node -> {
                RequiredNodes required = RequiredNodes.of(waiting.pod());
                yield check(required, node.after()).passes()
                        && (node.before().isEmpty()
                                || !check(required, node.before().get()).passes());
            }
            case ClusterEvent.PodChanged _ -> true;
            default -> false;
        };
    }
}
