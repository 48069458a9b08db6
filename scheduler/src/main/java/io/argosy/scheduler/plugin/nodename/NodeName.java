package io.argosy.scheduler.plugin.nodename;

import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.framework.ClusterEvent;
import io.argosy.scheduler.framework.FilterPlugin;
import io.argosy.scheduler.framework.Verdict;

/** Lets a pod that names a node go nowhere else. */
public final class NodeName implements FilterPlugin {

    public static final String NAME = "NodeName";

    private static final Verdict REJECTED =
            Verdict.Rejected.always(NAME, "node(s) didn't match the requested node name");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Prepared prepare(PodInfo pod, ClusterState cluster) {
        return pod.node()
                .map(wanted -> Prepared.check(slot -> cluster.name(slot).equals(wanted) ? Verdict.Pass.PASS : REJECTED))
                .orElse(Prepared.Skip.SKIP);
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo waiting) {
        return event instanceof ClusterEvent.NodeChanged;
    }
}
