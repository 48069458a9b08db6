package io.argosy.scheduler.plugin.dynamicresources;

import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.columns.Selectors;
import io.argosy.scheduler.framework.ClusterEvent;
import io.argosy.scheduler.framework.FilterPlugin;
import io.argosy.scheduler.framework.FilterRun;
import io.argosy.scheduler.framework.PostFilterPlugin;
import io.argosy.scheduler.framework.Verdict;

/** Devices are not allocated by this scheduler: pods with claims for them are refused, and told so. */
public final class DynamicResources implements FilterPlugin, PostFilterPlugin {

    public static final String NAME = "DynamicResources";

    private static final Verdict.Rejected REFUSED =
            Verdict.Rejected.always(NAME, "resource claims are not supported by this scheduler");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Prepared prepare(PodInfo pod, ClusterState cluster) {
        return Selectors.orEmpty(pod.pod().getSpec().getResourceClaims()).isEmpty()
                ? Prepared.Skip.SKIP
                : new Prepared.NoNode(REFUSED);
    }

    @Override
    public Remedy remedy(PodInfo pod, FilterRun run) {
        if (run.refusedBefore(NAME)) {
            return new Remedy.Stop("not found");
        }
        return new Remedy.None("no new claims to deallocate", false);
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo waiting) {
        return event instanceof ClusterEvent.PodChanged;
    }
}
