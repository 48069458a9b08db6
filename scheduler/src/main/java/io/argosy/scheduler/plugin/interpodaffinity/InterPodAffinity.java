package io.argosy.scheduler.plugin.interpodaffinity;

import io.argosy.scheduler.columns.AffinityTerm;
import io.argosy.scheduler.columns.AffinityTerms;
import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.NamespaceLabels;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.columns.PodShape;
import io.argosy.scheduler.columns.ShapeCount;
import io.argosy.scheduler.framework.ClusterEvent;
import io.argosy.scheduler.framework.FilterPlugin;
import io.argosy.scheduler.framework.NodeScorer;
import io.argosy.scheduler.framework.ScorePlugin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Affinity and anti-affinity between pods. */
public final class InterPodAffinity implements FilterPlugin, ScorePlugin {

    public static final String NAME = "InterPodAffinity";

    private final int hardWeight;
    private final boolean ignoreOthersPreferences;
    private final NamespaceLabels namespaces;

    /**
     * @param hardWeight how much a required term of a pod that is there counts for a pod that it means
     * @param ignoreOthersPreferences whether preferred terms of such pods do not count for pods without any
     */
    public InterPodAffinity(int hardWeight, boolean ignoreOthersPreferences, NamespaceLabels namespaces) {
        this.hardWeight = hardWeight;
        this.ignoreOthersPreferences = ignoreOthersPreferences;
        this.namespaces = namespaces;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Prepared prepare(PodInfo pod, ClusterState cluster) {
        AffinityFilter filter = new AffinityFilter(pod, cluster, namespaces);
        return filter.isVoid() ? Prepared.Skip.SKIP : Prepared.check(filter);
    }

    @Override
    public Optional<NodeScorer> prepareScore(PodInfo pod, ClusterState cluster, int[] slots) {
        AffinityTerms own = pod.shape().terms();
        boolean prefers = !own.preferredAffinity().isEmpty()
                || !own.preferredAntiAffinity().isEmpty();
        if (!prefers && ignoreOthersPreferences) {
            return Optional.empty();
        }
        TopologyCounts scores = new TopologyCounts();
        for (ShapeCount shape : prefers ? cluster.shapes() : cluster.shapesWithTerms()) {
            Map<String, Long> perKey = new HashMap<>();
            weigh(pod.shape(), shape.shape(), perKey);
            if (!perKey.isEmpty()) {
                shape.forEach((slot, count) -> {
                    if (cluster.isNode(slot)) {
                        Map<String, String> labels = cluster.facts(slot).labels();
                        perKey.forEach((key, weight) -> scores.add(key, labels, weight * count));
                    }
                });
            }
        }
        return scores.isEmpty() ? Optional.empty() : Optional.of(new Scorer(cluster, scores));
    }

    private void weigh(PodShape pod, PodShape other, Map<String, Long> perKey) {
        weigh(pod.terms().preferredAffinity(), other, 1, perKey);
        weigh(pod.terms().preferredAntiAffinity(), other, -1, perKey);
        for (AffinityTerm term : other.terms().requiredAffinity()) {
            if (hardWeight > 0 && term.matches(pod.namespace(), pod.labels(), namespaces)) {
                perKey.merge(term.topologyKey(), (long) hardWeight, Long::sum);
            }
        }
        weigh(other.terms().preferredAffinity(), pod, 1, perKey);
        weigh(other.terms().preferredAntiAffinity(), pod, -1, perKey);
    }

    private void weigh(List<AffinityTerm> terms, PodShape meant, int sign, Map<String, Long> perKey) {
        for (AffinityTerm term : terms) {
            if (term.matches(meant.namespace(), meant.labels(), namespaces)) {
                perKey.merge(term.topologyKey(), (long) sign * term.weight(), Long::sum);
            }
        }
    }

    private record Scorer(ClusterState cluster, TopologyCounts counts) implements NodeScorer {

        @Override
        public long score(int slot) {
            return counts.sum(cluster.facts(slot).labels());
        }

        @Override
        public void normalize(long[] scores, int[] slots) {
            long least = Long.MAX_VALUE;
            long most = Long.MIN_VALUE;
            for (long score : scores) {
                least = Math.min(least, score);
                most = Math.max(most, score);
            }
            long span = most - least;
            for (int i = 0; i < scores.length; i++) {
                scores[i] = span > 0 ? (long) (MAX * ((double) (scores[i] - least) / span)) : 0;
            }
        }
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo waiting) {
        return switch (event) {
            case ClusterEvent.PodGone(PodInfo other) -> concerns(waiting.shape(), other.shape());
            case ClusterEvent.PodPlaced(PodInfo other) -> concerns(waiting.shape(), other.shape());
            case ClusterEvent.NodeChanged _, ClusterEvent.NamespaceChanged _, ClusterEvent.PodChanged _ -> true;
            default -> false;
        };
    }

    private boolean concerns(PodShape waiting, PodShape other) {
        return meant(waiting.terms().requiredAffinity(), other)
                || meant(waiting.terms().requiredAntiAffinity(), other)
                || meant(other.terms().requiredAntiAffinity(), waiting);
    }

    private boolean meant(List<AffinityTerm> terms, PodShape shape) {
        return terms.stream().anyMatch(term -> term.matches(shape.namespace(), shape.labels(), namespaces));
    }
}
