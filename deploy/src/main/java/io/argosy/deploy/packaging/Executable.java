package io.argosy.deploy.packaging;

import java.util.List;

/**
 * An executable of the distribution.
 *
 * @param name its file in {@code bin/}
 * @param module the artifact whose dependencies make its class path
 * @param mainClass what it starts
 * @param options of the JVM: collector and bounds of heap, stacks and code, chosen by measurement
 */
record Executable(String name, String module, String mainClass, List<String> options) {

    private static final List<String> SMALL = List.of(
            "-XX:+UseSerialGC",
            "-Xms16m",
            "-Xss512k",
            "-XX:MaxHeapFreeRatio=30",
            "-XX:MinHeapFreeRatio=10",
            "-XX:ReservedCodeCacheSize=64m");

    /** Half the CPU time of a start; for daemons that wait most of the time, and compute little. */
    private static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1";

    static List<Executable> all() {
        return List.of(
                new Executable(
                        "kube-apiserver",
                        "apiserver",
                        "io.argosy.apiserver.Main",
                        List.of(
                                "-XX:+UseParallelGC",
                                "-Xms64m",
                                "-XX:MaxRAMPercentage=40",
                                "-XX:GCTimeRatio=19",
                                "-XX:MaxHeapFreeRatio=40",
                                "-XX:MinHeapFreeRatio=20",
                                "-XX:ReservedCodeCacheSize=128m")),
                small("kube-controller-manager", "controller-manager", "io.argosy.controllermanager.Main", "-Xmx2g"),
                small("kube-scheduler", "scheduler", "io.argosy.scheduler.Main", "-Xmx1g"),
                small("kubelet", "kubelet", "io.argosy.kubelet.Main", "-Xmx512m", FIRST_COMPILER),
                small("kube-proxy", "kube-proxy", "io.argosy.kubeproxy.Main", "-Xmx512m", FIRST_COMPILER),
                small("cluster-dns", "dns", "io.argosy.dns.Main", "-Xmx128m", FIRST_COMPILER),
                small(
                        "argosy",
                        "deploy",
                        "io.argosy.deploy.command.Argosy",
                        "-Xmx256m",
                        "-Dstdout.encoding=UTF-8",
                        "-Dstderr.encoding=UTF-8"));
    }

    /** Whether it runs on machines as a service: DNS runs in a pod, and {@code argosy} is a command. */
    boolean isDaemonOfTheMachine() {
        return !name.equals("cluster-dns") && !name.equals("argosy");
    }

    private static Executable small(String name, String module, String mainClass, String... more) {
        List<String> options = new java.util.ArrayList<>(SMALL);
        options.addAll(List.of(more));
        return new Executable(name, module, mainClass, List.copyOf(options));
    }
}
