package io.argosy.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.argosy.client.testing.InMemoryApiServer;
import io.argosy.daemon.clock.VirtualClock;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.cycle.Decision;
import io.argosy.scheduler.framework.PostFilterPlugin.Remedy;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is decided for one pod, with the messages that the API shows. */
final class DecisionTest {

    private static final String NO_CLAIMS = " no new claims to deallocate";
    private static final String NOT_HELPFUL =
            NO_CLAIMS + ", preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.";

    private final VirtualClock clock = new VirtualClock();
    private final SchedulerState state = new SchedulerState(
            TestProfiles.standard(new InMemoryApiServer(clock).client(), clock, new SplittableRandom(1)),
            new SchedulerState.Waits(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(5)),
            new SplittableRandom(1));

    private void nodes(Node... nodes) {
        for (Node node : nodes) {
            state.cluster().putNode(node);
        }
    }

    private void on(String node, Pod pod) {
        state.places().confirm(state.reader().read(pod), node);
    }

    private Decision decide(Pod pod) {
        PodInfo info = state.reader().read(pod);
        return state.cycle().decide(info, state.profile(info).orElseThrow());
    }

    private String message(Pod pod) {
        return assertInstanceOf(Decision.Unfit.class, decide(pod)).message();
    }

    @Test
    void noNodes() {
        assertInstanceOf(Decision.NoNodes.class, decide(Things.plainPod("p", "1")));
    }

    @Test
    void prefersTheEmptierNode() {
        nodes(Things.plainNode("a"), Things.plainNode("b"));
        on("a", Things.plainPod("there", "2"));
        assertEquals(new Decision.Placed("b", 2, 2), decide(Things.plainPod("p", "1")));
    }

    @Test
    void tellsWhatIsMissing() {
        nodes(Things.plainNode("a"), Things.plainNode("b"));
        assertEquals("0/2 nodes are available: 2 Insufficient cpu." + NOT_HELPFUL, message(Things.plainPod("p", "5")));
    }

    @Test
    void tellsTaintsAndCordonedNodes() {
        Node tainted = Things.node("a", "4", "8Gi")
                .editSpec()
                .addNewTaint("NoSchedule", "k", null, "v")
                .endSpec()
                .build();
        Node cordoned = Things.node("b", "4", "8Gi")
                .editSpec()
                .withUnschedulable(true)
                .endSpec()
                .build();
        nodes(tainted, cordoned);
        assertEquals(
                "0/2 nodes are available: 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable."
                        + NOT_HELPFUL,
                message(Things.plainPod("p", "1")));
    }

    @Test
    void selectsByLabel() {
        nodes(
                Things.plainNode("a"),
                Things.node("b", "4", "8Gi")
                        .editMetadata()
                        .addToLabels("disk", "ssd")
                        .endMetadata()
                        .build());
        Pod pod = Things.pod("p", "1")
                .editSpec()
                .withNodeSelector(Map.of("disk", "ssd"))
                .endSpec()
                .build();
        assertEquals(new Decision.Placed("b", 2, 1), decide(pod));
    }

    @Test
    void takesNoHostPortTwice() {
        nodes(Things.plainNode("a"), Things.plainNode("b"));
        on("a", withPort("there"));
        assertEquals(new Decision.Placed("b", 2, 1), decide(withPort("p")));
    }

    private static Pod withPort(String name) {
        return Things.pod(name, "100m")
                .editSpec()
                .editFirstContainer()
                .addNewPort()
                .withContainerPort(80)
                .withHostPort(8080)
                .endPort()
                .endContainer()
                .endSpec()
                .build();
    }

    @Test
    void keepsApartWhatWantsToBeApart() {
        nodes(Things.plainNode("a"), Things.plainNode("b"));
        on("a", apart("there"));
        assertEquals(new Decision.Placed("b", 2, 1), decide(apart("p")));
        on("b", apart("other"));
        String message = message(apart("p"));
        assertEquals(
                "0/2 nodes are available: 2 node(s) didn't match pod anti-affinity rules." + NO_CLAIMS
                        + ", preemption: 0/2 nodes are available: 2 No preemption victims found for incoming pod.",
                message);
    }

    private static Pod apart(String name) {
        return Things.pod(name, "100m")
                .editSpec()
                .withNewAffinity()
                .withNewPodAntiAffinity()
                .addNewRequiredDuringSchedulingIgnoredDuringExecution()
                .withTopologyKey("kubernetes.io/hostname")
                .withNewLabelSelector()
                .addToMatchLabels("app", "test")
                .endLabelSelector()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endPodAntiAffinity()
                .endAffinity()
                .endSpec()
                .build();
    }

    @Test
    void spreadsHard() {
        nodes(Things.plainNode("a"), Things.plainNode("b"));
        on("a", Things.plainPod("there", "100m"));
        Pod pod = Things.pod("p", "100m")
                .editSpec()
                .addNewTopologySpreadConstraint()
                .withMaxSkew(1)
                .withTopologyKey("kubernetes.io/hostname")
                .withWhenUnsatisfiable("DoNotSchedule")
                .withNewLabelSelector()
                .addToMatchLabels("app", "test")
                .endLabelSelector()
                .endTopologySpreadConstraint()
                .endSpec()
                .build();
        assertEquals(new Decision.Placed("b", 2, 1), decide(pod));
    }

    @Test
    void preemptsTheLeastAndLeavesTheRest() {
        nodes(Things.plainNode("a"), Things.plainNode("b"));
        on("a", Things.plainPod("a1", "2"));
        on("a", Things.plainPod("a2", "2"));
        on("b", Things.pod("b1", "4").editSpec().withPriority(5).endSpec().build());
        Pod important =
                Things.pod("p", "1").editSpec().withPriority(10).endSpec().build();
        Decision.Unfit unfit = assertInstanceOf(Decision.Unfit.class, decide(important));
        Remedy.Preempt preempt = assertInstanceOf(Remedy.Preempt.class, unfit.remedy());
        assertEquals("a", preempt.node());
        assertEquals(1, preempt.victims().size());
        assertEquals(
                4000, state.cluster().requested(0, state.cluster().slotOf("a")), "the search leaves all as it was");
        assertEquals(
                List.of("b1"),
                state.cluster().pods(state.cluster().slotOf("b")).stream()
                        .map(pod -> pod.key().name())
                        .toList());
    }

    @Test
    void countsPromisedPods() {
        nodes(Things.plainNode("a"));
        PodInfo promised = state.reader()
                .read(Things.pod("first", "4")
                        .editSpec()
                        .withPriority(10)
                        .endSpec()
                        .build());
        state.nominations().promise(promised, "a");
        assertInstanceOf(Decision.Unfit.class, decide(Things.plainPod("p", "1")));
        state.nominations().forget(promised.uid());
        assertInstanceOf(Decision.Placed.class, decide(Things.plainPod("p", "1")));
    }

    @Test
    void largestInitialisationOrSumOfContainersAndSidecars() {
        Pod pod = Things.pod("p", "1")
                .editSpec()
                .addNewInitContainer()
                .withName("side")
                .withRestartPolicy("Always")
                .withNewResources()
                .addToRequests("cpu", new io.fabric8.kubernetes.api.model.Quantity("500m"))
                .endResources()
                .endInitContainer()
                .addNewInitContainer()
                .withName("init")
                .withNewResources()
                .addToRequests("cpu", new io.fabric8.kubernetes.api.model.Quantity("3"))
                .endResources()
                .endInitContainer()
                .endSpec()
                .build();
        assertEquals(3500, state.reader().read(pod).request(0));
    }
}
