package io.argosy.kubelet.pod;

import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The workers of all pods of this node, one for each uid. Safe for any thread; nothing here blocks.
 *
 * <p>Closing ends the workers where they are and stops no container.
 */
public final class PodWorkers implements AutoCloseable {

    private final PodServices services;
    private final Backoff restarts;
    private final TaskScope scope = new TaskScope("pods");
    private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
    private volatile boolean closing;

    public PodWorkers(PodServices services) {
        this.services = services;
        this.restarts = new Backoff(Duration.ofSeconds(10), services.settings().mostRestartDelay());
    }

    /** The pod as its source has it now; a pod that is not known begins its life here. */
    public void update(Pod pod) {
        workers.compute(PodView.uid(pod), (uid, present) -> {
            if (present != null) {
                present.update(pod);
                return present;
            }
            PodWorker fresh = new PodWorker(services, restarts, () -> closing, pod);
            start(uid, fresh);
            return fresh;
        });
    }

    private void start(String uid, PodWorker worker) {
        scope.fork(uid, () -> {
            try {
                worker.run();
            } finally {
                workers.remove(uid, worker);
                restarts.forget(uid);
            }
        });
    }

    /** The pod is gone from its source: it ends, and nothing of it stays. */
    public void gone(String uid) {
        worker(uid).ifPresent(w -> w.gone(Termination.ORDINARY));
    }

    /** A pod of which only the runtime knows ends. */
    public void endOrphan(Pod pod) {
        PodWorker fresh = new PodWorker(services, restarts, () -> closing, pod);
        if (workers.putIfAbsent(PodView.uid(pod), fresh) == null) {
            fresh.gone(Termination.ORDINARY);
            start(PodView.uid(pod), fresh);
        }
    }

    public void terminate(String uid, Termination order) {
        worker(uid).ifPresent(w -> w.terminate(order));
    }

    /** Something happened to a pod. */
    public void wake(String uid) {
        worker(uid).ifPresent(PodWorker::wake);
    }

    public void wakeAll() {
        workers.values().forEach(PodWorker::wake);
    }

    /** Something that pods of a namespace refer to has changed. */
    public void wakeNamespace(String namespace) {
        workers.values().stream()
                .filter(w -> namespace.equals(w.pod().getMetadata().getNamespace()))
                .forEach(PodWorker::wake);
    }

    public boolean knows(String uid) {
        return workers.containsKey(uid);
    }

    /** Every pod that has a worker. */
    public List<Pod> pods() {
        List<Pod> out = new ArrayList<>();
        workers.values().forEach(w -> out.add(w.pod()));
        return out;
    }

    /** Pods that still run or stop. */
    public List<Pod> active() {
        List<Pod> out = new ArrayList<>();
        workers.values().stream()
                .filter(w -> w.stage() == PodWorker.Stage.RUNNING || w.stage() == PodWorker.Stage.STOPPING)
                .forEach(w -> out.add(w.pod()));
        return out;
    }

    /** Pods that still run or stop, with the resources that they were granted. */
    public List<Pod> granted() {
        return active().stream().map(services.allocations()::grantedIfKnown).toList();
    }

    /** Whether everything of a pod has ended. */
    public boolean ended(String uid) {
        return worker(uid)
                .map(w -> w.stage() == PodWorker.Stage.CLEANING || w.stage() == PodWorker.Stage.RELEASED)
                .orElse(true);
    }

    private Optional<PodWorker> worker(String uid) {
        return Optional.ofNullable(workers.get(uid));
    }

    @Override
    public void close() {
        closing = true;
        scope.close();
    }
}
