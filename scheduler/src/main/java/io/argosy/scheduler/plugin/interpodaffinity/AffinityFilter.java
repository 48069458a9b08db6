package io.argosy.scheduler.plugin.interpodaffinity;

import io.argosy.scheduler.columns.AffinityTerm;
import io.argosy.scheduler.columns.AffinityTerms;
import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.NamespaceLabels;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.columns.PodShape;
import io.argosy.scheduler.columns.ShapeCount;
import io.argosy.scheduler.framework.NodeFilter;
import io.argosy.scheduler.framework.Verdict;
import java.util.List;
import java.util.Map;

/** The required terms of one pod, and of the pods that are there against it. */
final class AffinityFilter implements NodeFilter {

    private static final Verdict NOT_NEAR =
            Verdict.Rejected.always(InterPodAffinity.NAME, "node(s) didn't match pod affinity rules");
    private static final Verdict TOO_NEAR =
            Verdict.Rejected.now(InterPodAffinity.NAME, "node(s) didn't match pod anti-affinity rules");
    private static final Verdict KEPT_AWAY =
            Verdict.Rejected.now(InterPodAffinity.NAME, "node(s) didn't satisfy existing pods anti-affinity rules");

    private final PodShape pod;
    private final ClusterState cluster;
    private final NamespaceLabels namespaces;
    private final TopologyCounts wanted = new TopologyCounts();
    private final TopologyCounts unwanted = new TopologyCounts();
    private final TopologyCounts against = new TopologyCounts();

    AffinityFilter(PodInfo pod, ClusterState cluster, NamespaceLabels namespaces) {
        this.pod = pod.shape();
        this.cluster = cluster;
        this.namespaces = namespaces;
        AffinityTerms own = pod.shape().terms();
        boolean looksAtAll =
                !own.requiredAffinity().isEmpty() || !own.requiredAntiAffinity().isEmpty();
        for (ShapeCount shape : looksAtAll ? cluster.shapes() : cluster.shapesWithTerms()) {
            count(shape);
        }
    }

    /** Whether no node could be refused. */
    boolean isVoid() {
        return against.isEmpty()
                && pod.terms().requiredAffinity().isEmpty()
                && pod.terms().requiredAntiAffinity().isEmpty();
    }

    private void count(ShapeCount counted) {
        PodShape other = counted.shape();
        List<AffinityTerm> keepsAway = other.terms().requiredAntiAffinity().stream()
                .filter(term -> term.matches(pod.namespace(), pod.labels(), namespaces))
                .toList();
        boolean near = isWanted(other);
        List<AffinityTerm> far = unwantedBy(other);
        if (keepsAway.isEmpty() && !near && far.isEmpty()) {
            return;
        }
        counted.forEach((slot, count) -> {
            if (cluster.isNode(slot)) {
                add(cluster.facts(slot).labels(), keepsAway, near, far, count);
            }
        });
    }

    private void add(
            Map<String, String> labels, List<AffinityTerm> keepsAway, boolean near, List<AffinityTerm> far, int by) {
        keepsAway.forEach(term -> against.add(term.topologyKey(), labels, by));
        if (near) {
            pod.terms().requiredAffinity().forEach(term -> wanted.add(term.topologyKey(), labels, by));
        }
        far.forEach(term -> unwanted.add(term.topologyKey(), labels, by));
    }

    /** Whether another pod matches all of the pod's affinity terms. */
    private boolean isWanted(PodShape other) {
        List<AffinityTerm> terms = pod.terms().requiredAffinity();
        return !terms.isEmpty()
                && terms.stream().allMatch(term -> term.matches(other.namespace(), other.labels(), namespaces));
    }

    private List<AffinityTerm> unwantedBy(PodShape other) {
        return pod.terms().requiredAntiAffinity().stream()
                .filter(term -> term.matches(other.namespace(), other.labels(), namespaces))
                .toList();
    }

    @Override
    public void podChanged(PodInfo other, int slot, int delta) {
        List<AffinityTerm> keepsAway = other.shape().terms().requiredAntiAffinity().stream()
                .filter(term -> term.matches(pod.namespace(), pod.labels(), namespaces))
                .toList();
        add(cluster.facts(slot).labels(), keepsAway, isWanted(other.shape()), unwantedBy(other.shape()), delta);
    }

    @Override
    public Verdict check(int slot) {
        Map<String, String> labels = cluster.facts(slot).labels();
        if (!near(labels)) {
            return NOT_NEAR;
        }
        for (AffinityTerm term : pod.terms().requiredAntiAffinity()) {
            if (unwanted.at(term.topologyKey(), labels) > 0) {
                return TOO_NEAR;
            }
        }
        return against.touches(labels) ? KEPT_AWAY : Verdict.Pass.PASS;
    }

    private boolean near(Map<String, String> labels) {
        boolean all = true;
        for (AffinityTerm term : pod.terms().requiredAffinity()) {
            if (!labels.containsKey(term.topologyKey())) {
                return false;
            }
            all &= wanted.at(term.topologyKey(), labels) > 0;
        }
        // The first of a group of pods that want to be near each other may go anywhere.
        return all || (wanted.isEmpty() && isWanted(pod));
    }
}
