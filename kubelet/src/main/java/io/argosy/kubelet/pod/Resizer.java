package io.argosy.kubelet.pod;

import io.argosy.client.events.EventRecorder;
import io.argosy.kubelet.cri.RuntimeCallException;
import io.argosy.kubelet.cri.v1.ContainerStats;
import io.argosy.kubelet.resize.ResizePlan;
import io.argosy.kubelet.resize.ResizeVerdict;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the containers of one pod, as they run, the resources that it asks for. Used by the pod's own thread only. */
final class Resizer {

    private static final Logger LOG = LoggerFactory.getLogger(Resizer.class);
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final Duration NOTHING_LEFT = Duration.ofDays(1);

    private record Pending(String reason, String message) {}

    private final PodServices services;
    private Optional<Pending> pending = Optional.empty();
    private Optional<String> error = Optional.empty();

    Resizer(PodServices services) {
        this.services = services;
    }

    /** Decides what the pod asks for; answers when to ask again if there is no room now. */
    Optional<Duration> decide(Pod wanted) {
        if (PodView.isDeleted(wanted)) {
            return Optional.empty();
        }
        Optional<Pending> before = pending;
        pending = switch (services.allocations().grant(wanted)) {
            case ResizeVerdict.Unchanged ignored -> Optional.empty();
            case ResizeVerdict.Granted ignored -> {
                error = Optional.empty();
                tell(wanted, EventRecorder.Type.NORMAL, "ResizeStarted", "Pod resize started");
                yield Optional.empty();
            }
            case ResizeVerdict.Deferred(String message) -> Optional.of(new Pending("Deferred", message));
            case ResizeVerdict.Infeasible(String message) -> Optional.of(new Pending("Infeasible", message));
        };
        if (pending.isPresent() && !pending.equals(before)) {
            Pending now = pending.get();
            tell(
                    wanted,
                    EventRecorder.Type.WARNING,
                    "Resize" + now.reason(),
                    "Pod resize " + now.reason() + ": " + now.message());
        }
        return pending.map(p -> RETRY);
    }

    /**
     * Changes the containers that need no restart, then the pod's group, which {@code PodStep} has made wide enough for
     * both states before. Answers when to try again.
     */
    Duration act(Pod pod, ResizePlan plan) {
        try {
            for (ResizePlan.Update update : plan.updates()) {
                if (update.lowersMemory() > 0) {
                    refuseBelowUsage(update);
                }
                services.runtime()
                        .updateContainerResources(
                                update.id(), services.containers().resources(pod, update.container()));
                services.allocations().actuated(pod, update.container());
                LOG.info(
                        "resized container pod={} container={}",
                        PodView.key(pod),
                        update.container().getName());
            }
            services.cgroups().ensure(services.allocations().widest(pod));
            services.allocations().actuatedPod(pod);
            error = Optional.empty();
            tell(pod, EventRecorder.Type.NORMAL, "ResizeCompleted", "Pod resize completed");
            return NOTHING_LEFT;
        } catch (IOException | RuntimeCallException e) {
            String message = e instanceof RuntimeCallException call ? call.describe() : String.valueOf(e.getMessage());
            if (!error.equals(Optional.of(message))) {
                tell(pod, EventRecorder.Type.WARNING, "ResizeError", "Pod resize error: " + message);
            }
            error = Optional.of(message);
            LOG.warn("resize failed pod={} error={}", PodView.key(pod), message);
            return RETRY;
        }
    }

    private void refuseBelowUsage(ResizePlan.Update update) throws IOException {
        for (ContainerStats stats : services.runtime().listContainerStats()) {
            long used = stats.getMemory().getUsageBytes().getValue();
            if (stats.getAttributes().getId().equals(update.id()) && used > update.lowersMemory()) {
                throw new IOException("attempting to set container \""
                        + update.container().getName() + "\" memory limit (" + update.lowersMemory()
                        + ") below current usage (" + used + ")");
            }
        }
    }

    /** What the pod's status says of a change that is not finished. */
    List<PodCondition> conditions(Pod granted, ObservedPod observed) {
        List<PodCondition> out = new ArrayList<>();
        pending.ifPresent(p -> out.add(condition("PodResizePending", p.reason(), p.message())));
        if (!services.allocations().plan(granted, observed).isNothing()) {
            out.add(condition("PodResizeInProgress", error.isPresent() ? "Error" : "", error.orElse("")));
        }
        return out;
    }

    private static PodCondition condition(String type, String reason, String message) {
        PodConditionBuilder out = new PodConditionBuilder().withType(type).withStatus("True");
        if (!reason.isEmpty()) {
            out.withReason(reason).withMessage(message);
        }
        return out.build();
    }

    private void tell(Pod pod, EventRecorder.Type type, String reason, String message) {
        services.events().record(ContainerEvents.pod(pod), type, reason, reason, message);
    }
}
