package io.argosy.scheduler.plugin.nodeunschedulable;

import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.columns.Taint;
import io.argosy.scheduler.framework.ClusterEvent;
import io.argosy.scheduler.framework.FilterPlugin;
import io.argosy.scheduler.framework.Verdict;
import io.argosy.scheduler.plugin.tainttoleration.Tolerations;

/** Keeps pods from cordoned nodes, unless they tolerate the taint that stands for it. */
public final class NodeUnschedulable implements FilterPlugin {

    public static final String NAME = "NodeUnschedulable";

    private static final Taint TAINT = new Taint("node.kubernetes.io/unschedulable", "", "NoSchedule");
    private static final Verdict REJECTED = Verdict.Rejected.always(NAME, "node(s) were unschedulable");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Prepared prepare(PodInfo pod, ClusterState cluster) {
        if (Tolerations.of(pod.pod()).tolerate(TAINT)) {
            return Prepared.Skip.SKIP;
        }
        return Prepared.check(slot -> cluster.facts(slot).unschedulable() ? REJECTED : Verdict.Pass.PASS);
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo waiting) {
        return switch (event) {
            case ClusterEvent.NodeChanged node ->
                !node.after().unschedulable()
                        && (node.before().isEmpty() || node.before().get().unschedulable());
            case ClusterEvent.PodChanged _ -> true;
            default -> false;
        };
    }
}
