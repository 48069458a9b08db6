package io.argosy.kubelet.pod;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.client.request.ObjectJson;
import io.argosy.daemon.clock.Clock;
import io.argosy.kubelet.api.LoggedEvents;
import io.argosy.kubelet.api.NoObjects;
import io.argosy.kubelet.cgroup.PodCgroups;
import io.argosy.kubelet.container.ContainerConfigs;
import io.argosy.kubelet.container.ContainerResources;
import io.argosy.kubelet.container.FieldReader.NodeFacts;
import io.argosy.kubelet.container.PodDns;
import io.argosy.kubelet.container.SandboxConfigs;
import io.argosy.kubelet.cri.FakeRuntime;
import io.argosy.kubelet.cri.v1.LinuxContainerResources;
import io.argosy.kubelet.image.Images;
import io.argosy.kubelet.lifecycle.RuntimeObserver;
import io.argosy.kubelet.probe.HandlerRunner;
import io.argosy.kubelet.probe.Probes;
import io.argosy.kubelet.resize.Allocations;
import io.argosy.kubelet.resize.ResizeVerdict;
import io.argosy.kubelet.status.LocalStatuses;
import io.argosy.kubelet.volume.ContainerMounts;
import io.argosy.kubelet.volume.PodDirectories;
import io.argosy.kubelet.volume.PodVolumes;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pods on a runtime in memory, from their first sight to their end. */
class PodWorkersTest {

    private static final String UID = "u-1";

    @TempDir
    Path home;

    private final FakeRuntime runtime = new FakeRuntime();
    private final LocalStatuses statuses = new LocalStatuses();
    private Probes probes;
    private PodWorkers workers;

    @BeforeEach
    void begin() {
        probes = new Probes(runtime, statuses, new LoggedEvents(), Clock.system(), uid -> workers.wake(uid));
        workers = new PodWorkers(services());
    }

    @AfterEach
    void end() {
        probes.close();
        workers.close();
    }

    private PodServices services() {
        PodDirectories directories = new PodDirectories(home.resolve("root"), home.resolve("logs"));
        NodeFacts node = new NodeFacts("node", List.of("192.0.2.1"));
        PodDns.Node dns = new PodDns.Node(
                new PodDns.Resolver(List.of("192.0.2.53"), List.of(), List.of()), List.of(), "cluster.local");
        return new PodServices(
                Clock.system(),
                runtime,
                "fake",
                new RuntimeObserver(runtime),
                new Images(runtime, new LoggedEvents(), Clock.system(), 1),
                new PodVolumes(directories, new NoObjects(), node, Map::of, Clock.system()),
                new ContainerMounts(directories, "cluster.local"),
                new NoCgroups(),
                new Allocations(directories::pod, new ResizeVerdict.Room(2000, 1L << 30)),
                new ContainerConfigs(
                        new ContainerResources.NodeRules(1L << 30, true, Duration.ofMillis(100), true),
                        false,
                        home.toString()),
                new SandboxConfigs(dns, false, home.toString()),
                dns,
                new NoObjects(),
                node,
                Map::of,
                pod -> "",
                new OpenGate(),
                probes,
                new HandlerRunner(runtime, Clock.system()),
                statuses,
                new LoggedEvents(),
                new PodServices.Settings(Duration.ofMinutes(1), Duration.ofMinutes(5)));
    }

    private static final class NoCgroups implements PodCgroups {
        @Override
        public void ensure(Pod pod) {}

        @Override
        public String parent(Pod pod) {
            return "";
        }

        @Override
        public LinuxContainerResources sandboxResources(Pod pod) {
            return LinuxContainerResources.getDefaultInstance();
        }

        @Override
        public void remove(Pod pod) {}
    }

    private static final class OpenGate implements PodServices.NodeGate {
        @Override
        public Optional<String> networkProblem() {
            return Optional.empty();
        }

        @Override
        public boolean ready() {
            return true;
        }
    }

    private static Container container(String name, String cpu) {
        return new ContainerBuilder()
                .withName(name)
                .withImage("image:1")
                .withImagePullPolicy("IfNotPresent")
                .withNewResources()
                .addToRequests("cpu", new Quantity(cpu))
                .addToLimits("cpu", new Quantity(cpu))
                .endResources()
                .build();
    }

    private static Pod pod(String policy, Container... mains) {
        return new PodBuilder()
                .withNewMetadata()
                .withUid(UID)
                .withName("p")
                .withNamespace("n")
                .withGeneration(1L)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy(policy)
                .withDnsPolicy("Default")
                .withTerminationGracePeriodSeconds(7L)
                .withContainers(mains)
                .endSpec()
                .build();
    }

    private Optional<PodStatus> status() {
        return statuses.get(UID);
    }

    private boolean phaseIs(String phase) {
        return status().map(s -> phase.equals(s.getPhase())).orElse(false);
    }

    @Test
    void runsAPodAndEndsItWhenItIsDeleted() throws InterruptedException {
        Pod pod = pod("Always", container("app", "1"));
        workers.update(pod);
        runtime.await(() -> phaseIs("Running"));
        assertEquals(List.of("run sandbox-0", "create app-0", "start app-0"), runtime.calls());
        Pod deleted = ObjectJson.copy(pod);
        deleted.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        deleted.getMetadata().setDeletionGracePeriodSeconds(5L);
        workers.update(deleted);
        runtime.await(() -> workers.ended(UID));
        assertTrue(runtime.calls().stream().anyMatch(c -> c.startsWith("stop app-0")));
        assertTrue(runtime.calls().contains("stop sandbox-0"));
        workers.gone(UID);
        runtime.await(() -> !workers.knows(UID));
        assertFalse(Files.exists(home.resolve("root/pods").resolve(UID)));
    }

    @Test
    void aSuccessorGoesOnWithWhatRuns() throws InterruptedException {
        Pod pod = pod("Always", container("app", "1"));
        workers.update(pod);
        runtime.await(() -> phaseIs("Running"));
        probes.close();
        workers.close();
        statuses.forget(UID);
        begin();
        workers.update(pod);
        runtime.await(() -> phaseIs("Running"));
        assertEquals(List.of("run sandbox-0", "create app-0", "start app-0"), runtime.calls());
    }

    @Test
    void restartsWhatEndsAndFinishesWhatMayEnd() throws InterruptedException {
        workers.update(pod("OnFailure", container("app", "1")));
        runtime.await(() -> phaseIs("Running"));
        runtime.exit("app-0", 3);
        workers.wake(UID);
        runtime.await(() -> runtime.calls().contains("start app-1"));
        runtime.exit("app-1", 0);
        workers.wake(UID);
        runtime.await(() -> phaseIs("Succeeded"));
    }

    @Test
    void givesRunningContainersOtherResourcesWithoutARestart() throws InterruptedException {
        workers.update(pod("Always", container("app", "1")));
        runtime.await(() -> phaseIs("Running"));
        Pod more = pod("Always", container("app", "1500m"));
        more.getMetadata().setGeneration(2L);
        workers.update(more);
        runtime.await(() -> status().orElseThrow().getObservedGeneration() == 2L
                && conditions().isEmpty()
                && runtime.calls().contains("update app-0 150000 0"));
        assertEquals(
                new Quantity("1500m"),
                status().orElseThrow()
                        .getContainerStatuses()
                        .getFirst()
                        .getAllocatedResources()
                        .get("cpu"));
        assertFalse(runtime.calls().contains("create app-1"));
    }

    @Test
    void tellsWhenResourcesCannotBeHad() throws InterruptedException {
        workers.update(pod("Always", container("app", "1")));
        runtime.await(() -> phaseIs("Running"));
        workers.update(pod("Always", container("app", "3")));
        runtime.await(() -> conditions()
                .equals(List.of("PodResizePending Infeasible Node didn't have enough capacity: cpu, requested: 3000,"
                        + " capacity: 2000")));
        assertEquals(
                new Quantity("1"),
                status().orElseThrow()
                        .getContainerStatuses()
                        .getFirst()
                        .getAllocatedResources()
                        .get("cpu"));
    }

    private List<String> conditions() {
        return status().orElseThrow().getConditions().stream()
                .filter(c -> c.getType().startsWith("PodResize"))
                .map(c -> c.getType() + " " + c.getReason() + " " + c.getMessage())
                .toList();
    }
}
