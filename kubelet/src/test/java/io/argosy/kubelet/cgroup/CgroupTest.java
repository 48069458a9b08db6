package io.argosy.kubelet.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CgroupTest {

    private static Container container(String cpu, boolean limited, boolean sidecar) {
        ContainerBuilder out = new ContainerBuilder()
                .withName("c" + cpu)
                .withNewResources()
                .addToRequests("cpu", new Quantity(cpu))
                .endResources();
        if (limited) {
            out.editResources().addToLimits("cpu", new Quantity(cpu)).endResources();
        }
        return out.withRestartPolicy(sidecar ? "Always" : null).build();
    }

    private static Pod pod(List<Container> inits, Container... mains) {
        return new PodBuilder()
                .withNewMetadata()
                .withUid("1-2")
                .endMetadata()
                .withNewSpec()
                .withInitContainers(inits)
                .withContainers(mains)
                .endSpec()
                .build();
    }

    @Test
    void driversNameTheSameGroup() {
        CgroupName name =
                CgroupName.root("/argosy").child("kubepods").ofPod(pod(List.of(), container("1", false, false)));
        assertEquals("/argosy/kubepods/burstable/pod1-2", name.asPath());
        assertEquals("argosy-kubepods-burstable-pod1_2.slice", name.asSlice());
        assertEquals(
                "/argosy.slice/argosy-kubepods.slice/argosy-kubepods-burstable.slice/argosy-kubepods-burstable-pod1_2.slice",
                name.slicePath());
    }

    @Test
    void podAsksForItsMainContainersOrItsGreediestInit() {
        assertEquals(
                300,
                PodLimits.of(pod(List.of(), container("100m", false, false), container("200m", false, false)))
                        .milliCpu());
        assertEquals(
                500,
                PodLimits.of(pod(List.of(container("500m", false, false)), container("100m", false, false)))
                        .milliCpu());
        assertEquals(
                700,
                PodLimits.of(pod(
                                List.of(container("200m", false, true), container("500m", false, false)),
                                container("100m", false, false)))
                        .milliCpu());
    }

    @Test
    void podIsLimitedOnlyWhenEachContainerIs() {
        assertEquals(
                Optional.of(300L),
                PodLimits.of(pod(List.of(), container("100m", true, false), container("200m", true, false)))
                        .milliCpuLimit());
        assertEquals(
                Optional.empty(),
                PodLimits.of(pod(List.of(), container("100m", true, false), container("200m", false, false)))
                        .milliCpuLimit());
    }

    @Test
    void findsSplitAndUnifiedHierarchies() {
        CgroupFiles split = CgroupFiles.parse(List.of(
                "30 24 0:26 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu",
                "31 24 0:27 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw"));
        assertEquals(false, split.unified());
        assertEquals("/sys/fs/cgroup/cpu/a", split.directory("cpu", "/a").toString());
        CgroupFiles unified =
                CgroupFiles.parse(List.of("30 24 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw"));
        assertEquals(true, unified.unified());
        assertEquals("/sys/fs/cgroup/a", unified.directory("cpu", "/a").toString());
    }
}
