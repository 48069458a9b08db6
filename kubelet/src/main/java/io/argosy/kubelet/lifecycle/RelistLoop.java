package io.argosy.kubelet.lifecycle;

import io.argosy.daemon.clock.Clock;
import io.argosy.kubelet.cri.ContainerRuntime;
import io.argosy.kubelet.cri.Labels;
import io.argosy.kubelet.cri.RuntimeCallException;
import io.argosy.kubelet.cri.v1.Container;
import io.argosy.kubelet.cri.v1.ContainerFilter;
import io.argosy.kubelet.cri.v1.PodSandbox;
import io.argosy.kubelet.cri.v1.PodSandboxFilter;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists the runtime's sandboxes and containers once a second and tells of the pods in which something changed. Two calls
 * a second, whatever the number of pods.
 */
public final class RelistLoop {

    private static final Logger LOG = LoggerFactory.getLogger(RelistLoop.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    /** Without a list for so long the node cannot be trusted. */
    private static final Duration UNHEALTHY = Duration.ofMinutes(3);

    /** What is known of a pod without asking for more. */
    public record PodName(String namespace, String name) {}

    private final ContainerRuntime runtime;
    private final Clock clock;
    private final BiConsumer<String, PodName> changed;
    private volatile Map<String, Map<String, Integer>> seen = Map.of();
    private volatile Map<String, PodName> names = Map.of();
    private volatile long lastRelist;
    private boolean failing;

    /** @param changed hears the uid of a pod; must not block */
    public RelistLoop(ContainerRuntime runtime, Clock clock, BiConsumer<String, PodName> changed) {
        this.runtime = runtime;
        this.clock = clock;
        this.changed = changed;
        this.lastRelist = clock.nanoTime();
    }

    public void run() throws InterruptedException {
        while (true) {
            try {
                relist();
                if (failing) {
                    LOG.info("runtime lists again");
                    failing = false;
                }
            } catch (RuntimeCallException e) {
                if (!failing) {
                    LOG.warn("runtime does not list error={}", e.describe());
                    failing = true;
                }
            }
            clock.sleep(PERIOD);
        }
    }

    /** Lists once. */
    public void relist() {
        Map<String, Map<String, Integer>> now = new HashMap<>();
        Map<String, PodName> found = new HashMap<>();
        for (PodSandbox sandbox : runtime.listPodSandboxes(PodSandboxFilter.getDefaultInstance())) {
            String uid = sandbox.getLabelsMap().getOrDefault(Labels.POD_UID, "");
            if (!uid.isEmpty()) {
                now.computeIfAbsent(uid, u -> new TreeMap<>()).put("s/" + sandbox.getId(), sandbox.getStateValue());
                found.put(uid, name(sandbox.getLabelsMap()));
            }
        }
        for (Container container : runtime.listContainers(ContainerFilter.getDefaultInstance())) {
            String uid = container.getLabelsMap().getOrDefault(Labels.POD_UID, "");
            if (!uid.isEmpty()) {
                now.computeIfAbsent(uid, u -> new TreeMap<>()).put("c/" + container.getId(), container.getStateValue());
                found.putIfAbsent(uid, name(container.getLabelsMap()));
            }
        }
        Map<String, Map<String, Integer>> before = seen;
        Map<String, PodName> namesBefore = names;
        seen = now;
        names = found;
        lastRelist = clock.nanoTime();
        Set<String> uids = new HashSet<>(before.keySet());
        uids.addAll(now.keySet());
        for (String uid : uids) {
            if (!now.getOrDefault(uid, Map.of()).equals(before.getOrDefault(uid, Map.of()))) {
                changed.accept(uid, found.getOrDefault(uid, namesBefore.get(uid)));
            }
        }
    }

    private static PodName name(Map<String, String> labels) {
        return new PodName(labels.getOrDefault(Labels.POD_NAMESPACE, ""), labels.getOrDefault(Labels.POD_NAME, ""));
    }

    /** Pods of which the runtime had something at the last relist. */
    public Map<String, PodName> known() {
        return names;
    }

    /** How long ago the last relist was. */
    public Duration age() {
        return Duration.ofNanos(clock.nanoTime() - lastRelist);
    }

    public boolean healthy() {
        return age().compareTo(UNHEALTHY) < 0;
    }
}
