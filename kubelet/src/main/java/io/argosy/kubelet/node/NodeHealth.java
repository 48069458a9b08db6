package io.argosy.kubelet.node;

import io.argosy.kubelet.cri.v1.RuntimeCondition;
import io.argosy.kubelet.cri.v1.StatusResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is known of the runtime's health; set by one, read by all. */
public final class NodeHealth {

    private volatile Optional<StatusResponse> runtime = Optional.empty();
    private volatile String runtimeError = "container runtime status check may not have completed yet";
    private volatile boolean shuttingDown;

    public void runtime(StatusResponse status) {
        runtime = Optional.of(status);
        runtimeError = condition(status, "RuntimeReady")
                .filter(c -> !c.getStatus())
                .map(c -> "container runtime not ready: RuntimeReady=false reason:" + c.getReason() + " message:"
                        + c.getMessage())
                .orElse("");
    }

    public void runtimeFailed(String error) {
        runtimeError = "container runtime is down: " + error;
    }

    public void shuttingDown(boolean value) {
        shuttingDown = value;
    }

    public Optional<StatusResponse> runtimeStatus() {
        return runtime;
    }

    /** Why no pod with a network of its own can run. */
    public Optional<String> networkProblem() {
        if (runtime.isEmpty()) {
            return Optional.of("container runtime network not ready");
        }
        return condition(runtime.get(), "NetworkReady")
                .filter(c -> !c.getStatus())
                .map(c -> "container runtime network not ready: NetworkReady=false reason:" + c.getReason()
                        + " message:" + c.getMessage());
    }

    /** Everything that keeps the node from being ready. */
    public List<String> problems(boolean relistHealthy, long relistAgeSeconds) {
        List<String> out = new ArrayList<>();
        if (!runtimeError.isEmpty()) {
            out.add(runtimeError);
        }
        if (!relistHealthy) {
            out.add("PLEG is not healthy: pleg was last seen active " + relistAgeSeconds + "s ago; threshold is 3m0s");
        }
        networkProblem().ifPresent(out::add);
        if (shuttingDown) {
            out.add("node is shutting down");
        }
        return out;
    }

    private static Optional<RuntimeCondition> condition(StatusResponse status, String type) {
        return status.getStatus().getConditionsList().stream()
                .filter(c -> c.getType().equals(type))
                .findFirst();
    }
}
