package io.argosy.kubelet.probe;

import io.argosy.kubelet.pod.ProbeVerdicts.Verdict;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.util.Optional;

/** What a probe is for. */
enum ProbeKind {
    STARTUP("Startup", Verdict.UNKNOWN),
    LIVENESS("Liveness", Verdict.SUCCESS),
    READINESS("Readiness", Verdict.FAILURE);

    private final String title;
    private final Verdict initial;

    ProbeKind(String title, Verdict initial) {
        this.title = title;
        this.initial = initial;
    }

    String title() {
        return title;
    }

    /** What counts for a new container before the first question. */
    Verdict initial() {
        return initial;
    }

    Optional<Probe> of(Container container) {
        return Optional.ofNullable(
                switch (this) {
                    case STARTUP -> container.getStartupProbe();
                    case LIVENESS -> container.getLivenessProbe();
                    case READINESS -> container.getReadinessProbe();
                });
    }
}
