package io.argosy.kubelet.resize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.kubelet.pod.Observed;
import io.argosy.kubelet.pod.ObservedPod;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllocationsTest {

    private static final ObservedPod RUNNING =
            new Observed().sandbox().running("a").build();

    @TempDir
    Path home;

    private Allocations allocations() {
        return new Allocations(home::resolve, new ResizeVerdict.Room(2000, 1000));
    }

    private static Pod pod(String uid, String cpu, String memory, String cpuPolicy) {
        return new PodBuilder()
                .withNewMetadata()
                .withUid(uid)
                .endMetadata()
                .withNewSpec()
                .withContainers(new ContainerBuilder()
                        .withName("a")
                        .withImage("i")
                        .addNewResizePolicy("cpu", cpuPolicy)
                        .withNewResources()
                        .addToRequests("cpu", new Quantity(cpu))
                        .addToLimits("memory", new Quantity(memory))
                        .endResources()
                        .build())
                .endSpec()
                .build();
    }

    private static String cpu(Pod pod) {
        return pod.getSpec()
                .getContainers()
                .getFirst()
                .getResources()
                .getRequests()
                .get("cpu")
                .toString();
    }

    @Test
    void aPodKeepsWhatItHasUntilMoreIsGranted() {
        Allocations allocations = allocations();
        assertEquals("1", cpu(allocations.granted(pod("u", "1", "100", "NotRequired"))));
        Pod more = pod("u", "1500m", "100", "NotRequired");
        assertEquals("1", cpu(allocations.granted(more)));
        assertInstanceOf(ResizeVerdict.Granted.class, allocations.grant(more));
        assertEquals("1500m", cpu(allocations.granted(more)));
        assertInstanceOf(ResizeVerdict.Unchanged.class, allocations.grant(more));
    }

    @Test
    void othersLeaveNoRoomNowAndTheNodeNever() {
        Allocations allocations = allocations();
        allocations.granted(pod("other", "1", "100", "NotRequired"));
        allocations.granted(pod("u", "500m", "100", "NotRequired"));
        Pod more = pod("u", "1500m", "100", "NotRequired");
        assertEquals(
                new ResizeVerdict.Deferred(
                        "Node didn't have enough resource: cpu, requested: 1500, used: 1000, capacity: 2000"),
                allocations.grant(more));
        allocations.forget("other");
        assertInstanceOf(ResizeVerdict.Granted.class, allocations.grant(more));
        assertEquals(
                new ResizeVerdict.Infeasible(
                        "Node didn't have enough capacity: memory, requested: 5000, capacity: 1000"),
                allocations.grant(pod("u", "1", "5000", "NotRequired")));
    }

    @Test
    void asMuchInOtherWordsIsNoChange() {
        Allocations allocations = allocations();
        allocations.granted(pod("u", "1", "100", "NotRequired"));
        assertInstanceOf(ResizeVerdict.Unchanged.class, allocations.grant(pod("u", "1000m", "100", "NotRequired")));
    }

    @Test
    void aSuccessorFinishesWhatWasGranted() {
        allocations().granted(pod("u", "1", "100", "NotRequired"));
        Pod more = pod("u", "1500m", "50", "NotRequired");
        allocations().grant(more);
        Allocations successor = allocations();
        Pod granted = successor.granted(more);
        ResizePlan plan = successor.plan(granted, RUNNING);
        assertEquals(
                List.of(50L),
                plan.updates().stream().map(ResizePlan.Update::lowersMemory).toList());
        successor.actuated(granted, granted.getSpec().getContainers().getFirst());
        assertTrue(successor.plan(granted, RUNNING).isNothing());
        assertTrue(allocations().plan(granted, RUNNING).isNothing());
    }

    @Test
    void thePolicyOfAResourceSaysWhatRestarts() {
        Allocations allocations = allocations();
        allocations.granted(pod("u", "1", "100", "RestartContainer"));
        Pod memory = pod("u", "1", "200", "RestartContainer");
        allocations.grant(memory);
        assertEquals(Set.of(), allocations.plan(memory, RUNNING).restarts());
        Pod cpu = pod("u", "2", "200", "RestartContainer");
        allocations.grant(cpu);
        ResizePlan plan = allocations.plan(cpu, RUNNING);
        assertEquals(Set.of("a"), plan.restarts());
        assertEquals(List.of(), plan.updates());
    }

    @Test
    void theGroupOfAPodAllowsTheOldAndTheNew() {
        Allocations allocations = allocations();
        allocations.granted(pod("u", "1", "500", "NotRequired"));
        Pod other = pod("u", "2", "100", "NotRequired");
        allocations.grant(other);
        Pod widest = allocations.widest(allocations.granted(other));
        assertEquals("2", cpu(widest));
        assertEquals(
                new Quantity("500"),
                widest.getSpec()
                        .getContainers()
                        .getFirst()
                        .getResources()
                        .getLimits()
                        .get("memory"));
    }
}
