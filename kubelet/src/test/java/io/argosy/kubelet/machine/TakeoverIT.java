package io.argosy.kubelet.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.lifecycle.DaemonContext;
import io.argosy.daemon.lifecycle.RunningDaemon;
import io.argosy.kubelet.KubeletProgram;
import io.argosy.kubelet.host.Linux;
import io.argosy.kubelet.host.Mounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kubelet on a real containerd: it is stopped at any point, and the next one goes on with what runs. */
class TakeoverIT {

    private static final String GROUP = "argosy-it-" + ProcessHandle.current().pid();

    @TempDir
    Path home;

    private Optional<Containerd> started = Optional.empty();

    @BeforeEach
    void begin() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        assumeTrue(Files.exists(Path.of("/bin/busybox")), "needs busybox-static");
        assumeTrue(Files.exists(Containerd.plugins().resolve("bridge")), "needs the CNI plugins");
        assumeTrue(
                List.of("/usr/bin", "/usr/local/bin").stream().anyMatch(d -> Files.exists(Path.of(d, "containerd"))),
                "needs containerd");
        Files.createDirectories(home.resolve("manifests"));
        started = Optional.of(Containerd.start(home.resolve("c")));
    }

    @AfterEach
    void end() throws Exception {
        if (started.isPresent()) {
            started.get().close();
        }
        for (Path point : Mounts.below(home)) {
            Linux.unmount(point);
        }
        Containerd.removeGroup(GROUP);
    }

    private RunningDaemon kubelet() throws Exception {
        Path config = home.resolve("kubelet.yaml");
        Files.writeString(config, """
                apiVersion: kubelet.config.k8s.io/v1beta1
                kind: KubeletConfiguration
                failCgroupV1: false
                failSwapOn: false
                cgroupDriver: cgroupfs
                cgroupRoot: /%s
                containerRuntimeEndpoint: unix://%s
                podLogsDir: %s
                staticPodPath: %s
                fileCheckFrequency: 1s
                resolvConf: ""
                enableServer: false
                healthzPort: 0
                imageGCHighThresholdPercent: 100
                imageGCLowThresholdPercent: 99
                """.formatted(
                        GROUP, started.orElseThrow().socket(), home.resolve("logs"), home.resolve("manifests")));
        KubeletProgram program = new KubeletProgram();
        return program.start(
                program.flags()
                        .parse(List.of(
                                "--config=" + config,
                                "--root-dir=" + home.resolve("kubelet"),
                                "--cert-dir=" + home.resolve("certs"),
                                "--hostname-override=it")),
                new DaemonContext(Clock.system()));
    }

    private void manifest(String name) throws Exception {
        Files.writeString(home.resolve("manifests").resolve(name + ".yaml"), """
                apiVersion: v1
                kind: Pod
                metadata: {name: %1$s, namespace: default}
                spec:
                  terminationGracePeriodSeconds: 0
                  containers:
                  - name: %1$s
                    image: %2$s
                    imagePullPolicy: Never
                    command: [/bin/busybox, sleep, "100000"]
                    resources: {limits: {memory: 32Mi}}
                    volumeMounts: [{name: scratch, mountPath: /tmp}]
                  volumes: [{name: scratch, emptyDir: {}}]
                """.formatted(name, BusyboxImage.NAME));
    }

    @Test
    void aKubeletThatStartsAnewKeepsTheContainersOfItsPods() throws Exception {
        Containerd containerd = started.orElseThrow();
        manifest("first");
        List<String> before;
        try (RunningDaemon _ = kubelet()) {
            containerd.await(
                    "the first pod runs", () -> containerd.running("first").size() == 1);
            before = containerd.running("first");
        }
        assertEquals(before, containerd.running("first"));
        manifest("second");
        try (RunningDaemon _ = kubelet()) {
            containerd.await(
                    "the second pod runs", () -> containerd.running("second").size() == 1);
            assertEquals(before, containerd.running("first"));
            assertEquals(2, containerd.containers());
            Files.delete(home.resolve("manifests/first.yaml"));
            Files.delete(home.resolve("manifests/second.yaml"));
            containerd.await("nothing is left", containerd::isEmpty);
        }
    }
}
