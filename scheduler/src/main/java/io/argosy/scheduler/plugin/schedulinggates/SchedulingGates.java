package io.argosy.scheduler.plugin.schedulinggates;

import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.columns.Selectors;
import io.argosy.scheduler.framework.ClusterEvent;
import io.argosy.scheduler.framework.PreEnqueuePlugin;
import io.fabric8.kubernetes.api.model.PodSchedulingGate;
import java.util.List;
import java.util.Optional;

/** Holds a pod until its last scheduling gate is taken away. */
public final class SchedulingGates implements PreEnqueuePlugin {

    public static final String NAME = "SchedulingGates";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> hold(PodInfo pod) {
        List<String> gates = Selectors.orEmpty(pod.pod().getSpec().getSchedulingGates()).stream()
                .map(PodSchedulingGate::getName)
                .toList();
        return gates.isEmpty()
                ? Optional.empty()
                : Optional.of("waiting for scheduling gates: [" + String.join(" ", gates) + "]");
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo waiting) {
        return event instanceof ClusterEvent.PodChanged;
    }
}
