package io.argosy.kubelet.pod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.kubelet.pod.PodPlan.KillReason;
import io.argosy.kubelet.pod.ProbeVerdicts.Verdict;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PodPlannerTest {

    private static Container container(String name) {
        return new ContainerBuilder().withName(name).withImage("image").build();
    }

    private static Container sidecar(String name) {
        return new ContainerBuilder(container(name)).withRestartPolicy("Always").build();
    }

    private static Pod pod(String policy, List<Container> inits, Container... mains) {
        return new PodBuilder()
                .withNewMetadata()
                .withUid("u")
                .withName("p")
                .withNamespace("n")
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy(policy)
                .withInitContainers(inits)
                .withContainers(mains)
                .endSpec()
                .build();
    }

    private static PodPlan plan(Pod pod, Observed observed) {
        return PodPlanner.plan(pod, observed.build(), ProbeVerdicts.NONE, Set.of());
    }

    private static List<String> starts(PodPlan plan) {
        List<PodPlan.Start> starts = switch (plan) {
            case PodPlan.Adjust adjust -> adjust.starts();
            case PodPlan.NewSandbox fresh -> fresh.starts();
            case PodPlan.StopAll ignored -> List.of();
        };
        return starts.stream().map(s -> s.container().getName()).toList();
    }

    @Test
    void newPodGetsSandboxAndAllMainContainers() {
        PodPlan plan = plan(pod("Always", List.of(), container("a"), container("b")), new Observed());
        assertEquals(0, assertInstanceOf(PodPlan.NewSandbox.class, plan).attempt());
        assertEquals(List.of("a", "b"), starts(plan));
    }

    @Test
    void firstInitContainerComesBeforeEverything() {
        Pod pod = pod("Always", List.of(container("i1"), container("i2")), container("a"));
        assertEquals(List.of("i1"), starts(plan(pod, new Observed())));
        assertEquals(List.of("i1"), starts(plan(pod, new Observed().sandbox())));
        assertEquals(List.of(), starts(plan(pod, new Observed().sandbox().running("i1"))));
        assertEquals(List.of("i2"), starts(plan(pod, new Observed().sandbox().exited("i1", 0))));
        assertEquals(
                List.of("a"),
                starts(plan(pod, new Observed().sandbox().exited("i1", 0).exited("i2", 0))));
    }

    @Test
    void forgottenInitContainersBeforeTheLastOneAreDone() {
        Pod pod = pod("Always", List.of(container("i1"), container("i2")), container("a"));
        assertEquals(List.of("a"), starts(plan(pod, new Observed().sandbox().exited("i2", 0))));
        assertEquals(List.of(), starts(plan(pod, new Observed().sandbox().running("a"))));
    }

    @Test
    void failedInitContainerEndsPodThatNeverRestarts() {
        Pod never = pod("Never", List.of(container("i")), container("a"));
        assertInstanceOf(
                PodPlan.StopAll.class, plan(never, new Observed().sandbox().exited("i", 1)));
        Pod always = pod("Always", List.of(container("i")), container("a"));
        assertEquals(List.of("i"), starts(plan(always, new Observed().sandbox().exited("i", 1))));
    }

    @Test
    void sidecarRunsBesideAndRestarts() {
        Pod pod = pod("Never", List.of(sidecar("s"), container("i")), container("a"));
        assertEquals(List.of("s"), starts(plan(pod, new Observed().sandbox())));
        assertEquals(List.of("i"), starts(plan(pod, new Observed().sandbox().running("s"))));
        assertEquals(
                List.of("s"),
                starts(plan(
                        pod,
                        new Observed().sandbox().exited("s", 1).exited("i", 0).running("a"))));
    }

    @Test
    void podEndsWhenMainContainersHaveEndedThoughSidecarRuns() {
        Pod pod = pod("Never", List.of(sidecar("s")), container("a"));
        assertInstanceOf(
                PodPlan.StopAll.class,
                plan(pod, new Observed().sandbox().running("s").exited("a", 0)));
    }

    @Test
    void restartPolicyDecidesWhatStartsAgain() {
        Map<String, List<String>> expected =
                Map.of("Always", List.of("good", "bad"), "OnFailure", List.of("bad"), "Never", List.of());
        expected.forEach((policy, names) -> {
            Pod pod = pod(policy, List.of(), container("good"), container("bad"), container("up"));
            Observed observed =
                    new Observed().sandbox().exited("good", 0).exited("bad", 3).running("up");
            assertEquals(names, starts(plan(pod, observed)), policy);
        });
    }

    @Test
    void deadSandboxIsReplacedAndSucceededContainersStayEnded() {
        Pod pod = pod("OnFailure", List.of(), container("good"), container("bad"));
        PodPlan plan = plan(pod, new Observed().deadSandbox(4).exited("good", 0).exited("bad", 255));
        PodPlan.NewSandbox fresh = assertInstanceOf(PodPlan.NewSandbox.class, plan);
        assertEquals(5, fresh.attempt());
        assertTrue(fresh.stopOld());
        assertEquals(List.of("bad"), starts(plan));
        Pod never = pod("Never", List.of(), container("a"));
        assertInstanceOf(
                PodPlan.StopAll.class, plan(never, new Observed().deadSandbox(0).exited("a", 1)));
    }

    @Test
    void failedLivenessKillsAndRestartsOnlyWhenAllowed() {
        ProbeVerdicts failing = new ProbeVerdicts() {
            @Override
            public Verdict startup(String id) {
                return Verdict.UNKNOWN;
            }

            @Override
            public Verdict liveness(String id) {
                return Verdict.FAILURE;
            }

            @Override
            public Verdict readiness(String id) {
                return Verdict.UNKNOWN;
            }
        };
        ObservedPod observed = new Observed().sandbox().running("a").build();
        PodPlan.Adjust always = assertInstanceOf(
                PodPlan.Adjust.class,
                PodPlanner.plan(pod("Always", List.of(), container("a")), observed, failing, Set.of()));
        assertEquals(KillReason.LIVENESS_PROBE, always.kills().getFirst().reason());
        assertEquals(
                "Container a failed liveness probe, will be restarted",
                always.kills().getFirst().message());
        assertEquals(List.of("a"), starts(always));
        PodPlan.Adjust never = assertInstanceOf(
                PodPlan.Adjust.class,
                PodPlanner.plan(pod("Never", List.of(), container("a")), observed, failing, Set.of()));
        assertEquals(1, never.kills().size());
        assertEquals(List.of(), starts(never));
    }

    @Test
    void otherImageMeansOtherContainer() {
        Pod pod = pod("Never", List.of(), container("a"));
        PodPlan plan = plan(pod, new Observed().sandbox().running("a", 12345L));
        PodPlan.Adjust adjust = assertInstanceOf(PodPlan.Adjust.class, plan);
        assertEquals(KillReason.DEFINITION_CHANGED, adjust.kills().getFirst().reason());
        assertEquals(List.of("a"), starts(adjust));
    }
}
