package io.argosy.scheduler.plugin.tainttoleration;

import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.columns.Taint;
import io.argosy.scheduler.framework.ClusterEvent;
import io.argosy.scheduler.framework.FilterPlugin;
import io.argosy.scheduler.framework.NodeScorer;
import io.argosy.scheduler.framework.ScorePlugin;
import io.argosy.scheduler.framework.Verdict;
import java.util.List;
import java.util.Optional;

/** Keeps pods from nodes with taints they do not tolerate, and prefers nodes with fewer of the soft ones. */
public final class TaintToleration implements FilterPlugin, ScorePlugin {

    public static final String NAME = "TaintToleration";

    private static final Verdict REJECTED = Verdict.Rejected.always(NAME, "node(s) had untolerated taint(s)");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Prepared prepare(PodInfo pod, ClusterState cluster) {
        Tolerations tolerations = Tolerations.of(pod.pod());
        return Prepared.check(slot -> {
            List<Taint> taints = cluster.facts(slot).taints();
            return taints.isEmpty() || tolerations.allow(taints) ? Verdict.Pass.PASS : REJECTED;
        });
    }

    @Override
    public Optional<NodeScorer> prepareScore(PodInfo pod, ClusterState cluster, int[] slots) {
        Tolerations tolerations = Tolerations.of(pod.pod()).forAvoided();
        return Optional.of(new NodeScorer() {
            @Override
            public long score(int slot) {
                long avoided = 0;
                for (Taint taint : cluster.facts(slot).taints()) {
                    if (taint.effect().equals("PreferNoSchedule") && !tolerations.tolerate(taint)) {
                        avoided++;
                    }
                }
                return avoided;
            }

            @Override
            public void normalize(long[] scores, int[] all) {
                NodeScorer.scale(scores, true);
            }
        });
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo waiting) {
        return switch (event) {
            case ClusterEvent.NodeChanged node ->
                Tolerations.of(waiting.pod()).allow(node.after().taints())
                        && (node.before().isEmpty()
                                || !Tolerations.of(waiting.pod())
                                        .allow(node.before().get().taints()));
            case ClusterEvent.PodChanged _ -> true;
            default -> false;
        };
    }
}
