package io.argosy.kubelet.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.argosy.kubelet.pod.Observed;
import io.argosy.kubelet.pod.ProbeVerdicts;
import io.argosy.kubelet.pod.SandboxNeed;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodStatusesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

    private static Pod pod(String policy, Container... mains) {
        return new PodBuilder()
                .withNewMetadata()
                .withUid("u")
                .withName("p")
                .withNamespace("n")
                .withGeneration(3L)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy(policy)
                .withContainers(mains)
                .endSpec()
                .build();
    }

    private static Container container(String name) {
        return new ContainerBuilder().withName(name).withImage("image").build();
    }

    private static PodStatus status(
            Pod pod, PodStatus before, Observed observed, Map<String, StartFailure> failures, boolean over) {
        return PodStatuses.compute(new PodStatuses.Inputs(
                pod,
                before,
                observed.build(),
                new SandboxNeed.Keep("sandbox"),
                ProbeVerdicts.NONE,
                failures,
                List.of(),
                over,
                Optional.empty(),
                List.of("192.0.2.1"),
                "containerd",
                NOW));
    }

    private static PodCondition condition(PodStatus status, String type) {
        return status.getConditions().stream()
                .filter(c -> c.getType().equals(type))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void runningContainerWithoutProbesIsReady() {
        PodStatus status = status(
                pod("Always", container("a")),
                new PodStatus(),
                new Observed().sandbox().running("a"),
                Map.of(),
                false);
        assertEquals("Running", status.getPhase());
        assertEquals("10.0.0.1", status.getPodIP());
        assertEquals("192.0.2.1", status.getHostIP());
        assertEquals(true, status.getContainerStatuses().getFirst().getReady());
        assertEquals(
                "containerd://a-0", status.getContainerStatuses().getFirst().getContainerID());
        assertEquals("True", condition(status, "Ready").getStatus());
        assertEquals(3L, condition(status, "Ready").getObservedGeneration());
        assertEquals("BestEffort", status.getQosClass());
    }

    @Test
    void waitingContainerKeepsPodPendingAndSaysWhy() {
        PodStatus status = status(
                pod("Always", container("a")),
                new PodStatus(),
                new Observed().sandbox(),
                Map.of("a", new StartFailure("ErrImagePull", "no such host")),
                false);
        assertEquals("Pending", status.getPhase());
        assertEquals(
                "ErrImagePull",
                status.getContainerStatuses().getFirst().getState().getWaiting().getReason());
        assertEquals("ContainersNotReady", condition(status, "Ready").getReason());
        assertEquals(
                "containers with unready status: [a]",
                condition(status, "Ready").getMessage());
    }

    @Test
    void crashLoopShowsTheLastEndAndStaysRunning() {
        PodStatus status = status(
                pod("Always", container("a")),
                new PodStatus(),
                new Observed().sandbox().exited("a", 1).exited("a", 2),
                Map.of("a", new StartFailure("CrashLoopBackOff", "back-off 10s")),
                false);
        var shown = status.getContainerStatuses().getFirst();
        assertEquals("CrashLoopBackOff", shown.getState().getWaiting().getReason());
        assertEquals(2, shown.getLastState().getTerminated().getExitCode());
        assertEquals(1, shown.getRestartCount());
        assertEquals("Running", status.getPhase());
    }

    @Test
    void phaseOfEndedPodsFollowsExitCodes() {
        Pod pod = pod("Never", container("a"), container("b"));
        PodStatus good = status(
                pod, new PodStatus(), new Observed().sandbox().exited("a", 0).exited("b", 0), Map.of(), false);
        assertEquals("Succeeded", good.getPhase());
        assertEquals("PodCompleted", condition(good, "Ready").getReason());
        PodStatus bad = status(
                pod, new PodStatus(), new Observed().sandbox().exited("a", 0).exited("b", 1), Map.of(), false);
        assertEquals("Failed", bad.getPhase());
        assertEquals("PodFailed", condition(bad, "Ready").getReason());
        Pod always = pod("Always", container("a"));
        PodStatus deleted =
                status(always, new PodStatus(), new Observed().sandbox().exited("a", 137), Map.of(), true);
        assertEquals("Failed", deleted.getPhase());
    }

    @Test
    void finalPhaseNeverChanges() {
        PodStatus before = new PodStatus();
        before.setPhase("Failed");
        before.setReason("Evicted");
        PodStatus status = status(
                pod("Always", container("a")), before, new Observed().sandbox().running("a"), Map.of(), false);
        assertEquals("Failed", status.getPhase());
        assertEquals("Evicted", status.getReason());
    }

    @Test
    void transitionTimeIsKeptWhileStatusStays() {
        Pod pod = pod("Always", container("a"));
        PodStatus first = status(pod, new PodStatus(), new Observed().sandbox().running("a"), Map.of(), false);
        condition(first, "Ready").setLastTransitionTime("2026-01-01T00:30:00Z");
        PodStatus second = status(pod, first, new Observed().sandbox().running("a"), Map.of(), false);
        assertEquals("2026-01-01T00:30:00Z", condition(second, "Ready").getLastTransitionTime());
        PodStatus third = status(pod, first, new Observed().sandbox().exited("a", 1), Map.of(), false);
        assertEquals("2026-01-01T01:00:00Z", condition(third, "Ready").getLastTransitionTime());
    }

    @Test
    void containerThatVanishedCountsAsKilled() {
        Pod pod = pod("Always", container("a"));
        PodStatus before = status(pod, new PodStatus(), new Observed().sandbox().running("a"), Map.of(), false);
        PodStatus after = status(pod, before, new Observed().sandbox(), Map.of(), false);
        var shown = after.getContainerStatuses().getFirst();
        assertEquals(137, shown.getLastState().getTerminated().getExitCode());
        assertEquals(1, shown.getRestartCount());
        assertNull(shown.getState().getRunning());
    }
}
