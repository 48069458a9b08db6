package io.argosy.kubelet.pod;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds what a runtime might show of a pod. */
public final class Observed {

    private static final Instant BASE = Instant.parse("2026-01-01T00:00:00Z");

    private final List<ObservedSandbox> sandboxes = new ArrayList<>();
    private final List<ObservedContainer> containers = new ArrayList<>();
    private int made;

    public Observed sandbox() {
        sandboxes.add(new ObservedSandbox("sandbox", 0, true, BASE, false, List.of("10.0.0.1")));
        return this;
    }

    public Observed deadSandbox(int attempt) {
        sandboxes.add(new ObservedSandbox("sandbox", attempt, false, BASE, false, List.of()));
        return this;
    }

    public Observed running(String name) {
        return add(name, ObservedContainer.State.RUNNING, 0, Optional.empty());
    }

    public Observed running(String name, long hash) {
        return add(name, ObservedContainer.State.RUNNING, 0, Optional.of(hash));
    }

    public Observed exited(String name, int code) {
        return add(name, ObservedContainer.State.EXITED, code, Optional.empty());
    }

    private Observed add(String name, ObservedContainer.State state, int code, Optional<Long> hash) {
        Instant at = BASE.plusSeconds(++made);
        boolean ended = state == ObservedContainer.State.EXITED;
        int attempt =
                (int) containers.stream().filter(c -> c.name().equals(name)).count();
        containers.add(new ObservedContainer(
                name + "-" + attempt,
                "sandbox",
                name,
                attempt,
                state,
                at,
                Optional.of(at),
                ended ? Optional.of(at.plusSeconds(1)) : Optional.empty(),
                code,
                ended ? (code == 0 ? "Completed" : "Error") : "",
                "",
                "image",
                "sha256:1",
                hash,
                Optional.empty(),
                Optional.empty(),
                ""));
        return this;
    }

    public ObservedPod build() {
        return new ObservedPod("u", "p", "n", sandboxes, containers);
    }
}
