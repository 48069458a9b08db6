package io.argosy.kubelet.pod;

import java.time.Instant;
import java.util.List;

/** One sandbox as the runtime tells it. {@code ips} is empty for a pod on the host's network. */
public record ObservedSandbox(
        String id, int attempt, boolean ready, Instant createdAt, boolean hostNetwork, List<String> ips) {

    public ObservedSandbox {
        ips = List.copyOf(ips);
    }
}
