package io.argosy.kubelet.pod;

/** What the probes said last, by container id; {@code UNKNOWN} before their first answer. */
public interface ProbeVerdicts {

    /** The outcome of a probe after its thresholds. */
    enum Verdict {
        SUCCESS,
        FAILURE,
        UNKNOWN
    }

    Verdict startup(String containerId);

    Verdict liveness(String containerId);

    Verdict readiness(String containerId);

    /** No probe has said anything. */
    ProbeVerdicts NONE = new ProbeVerdicts() {
        @Override
        public Verdict startup(String containerId) {
            return Verdict.UNKNOWN;
        }

        @Override
        public Verdict liveness(String containerId) {
            return Verdict.UNKNOWN;
        }

        @Override
        public Verdict readiness(String containerId) {
            return Verdict.UNKNOWN;
        }
    };
}
