package io.argosy.scheduler.plugin.nodeports;

import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.HostPort;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.framework.ClusterEvent;
import io.argosy.scheduler.framework.FilterPlugin;
import io.argosy.scheduler.framework.Verdict;
import java.util.List;

/** Keeps pods from nodes where another pod has a host port of theirs. */
public final class NodePorts implements FilterPlugin {

    public static final String NAME = "NodePorts";

    private static final Verdict REJECTED =
            Verdict.Rejected.now(NAME, "node(s) didn't have free ports for the requested pod ports");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Prepared prepare(PodInfo pod, ClusterState cluster) {
        if (pod.ports().isEmpty()) {
            return Prepared.Skip.SKIP;
        }
        return Prepared.check(slot -> {
            for (PodInfo other : cluster.pods(slot)) {
                if (conflict(pod.ports(), other.ports())) {
                    return REJECTED;
                }
            }
            return Verdict.Pass.PASS;
        });
    }

    private static boolean conflict(List<HostPort> wanted, List<HostPort> taken) {
        for (HostPort port : taken) {
            for (HostPort mine : wanted) {
                if (mine.conflictsWith(port)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo waiting) {
        return switch (event) {
            case ClusterEvent.NodeChanged node -> node.before().isEmpty();
            case ClusterEvent.PodGone gone ->
                conflict(waiting.ports(), gone.pod().ports());
            case ClusterEvent.PodChanged _ -> true;
            default -> false;
        };
    }
}
