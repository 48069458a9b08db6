package io.argosy.kubelet.probe;

import io.argosy.client.events.EventRecorder;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.lifecycle.TaskScope;
import io.argosy.kubelet.cri.ContainerRuntime;
import io.argosy.kubelet.pod.PodView;
import io.argosy.kubelet.pod.ProbeVerdicts;
import io.argosy.kubelet.status.StatusSink;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** All probes of this node, and what they said. Safe for any thread. */
public final class Probes implements ProbeVerdicts, AutoCloseable {

    private record Key(String uid, String container, ProbeKind kind) {}

    private record Running(ProbeWorker worker, Thread thread) {}

    private record Answered(String uid, Verdict verdict) {}

    private record Count(String labels, String result) {}

    private final Prober prober;
    private final StatusSink statuses;
    private final EventRecorder events;
    private final Clock clock;
    private final Consumer<String> wake;
    private final TaskScope scope = new TaskScope("probes");
    private final Map<Key, Running> running = new ConcurrentHashMap<>();
    private final Map<String, Answered> answers = new ConcurrentHashMap<>();
    private final Map<Key, Map<Count, Long>> counts = new ConcurrentHashMap<>();

    /** @param wake hears the uid of a pod for which a verdict changed; must not block */
    public Probes(
            ContainerRuntime runtime, StatusSink statuses, EventRecorder events, Clock clock, Consumer<String> wake) {
        this.prober = new Prober(runtime);
        this.statuses = statuses;
        this.events = events;
        this.clock = clock;
        this.wake = wake;
    }

    /** Begins to ask the containers of a pod; those that are asked already go on. */
    public void add(Pod pod) {
        List<Container> asked = new ArrayList<>(PodView.mains(pod));
        PodView.inits(pod).stream().filter(PodView::isSidecar).forEach(asked::add);
        for (Container container : asked) {
            for (ProbeKind kind : ProbeKind.values()) {
                if (kind.of(container).isPresent()) {
                    Key key = new Key(PodView.uid(pod), container.getName(), kind);
                    running.computeIfAbsent(key, k -> start(k, pod)).worker().update(pod);
                }
            }
        }
    }

    private Running start(Key key, Pod pod) {
        ProbeWorker worker =
                new ProbeWorker(prober, statuses, events, clock, new Book(), key.kind(), pod, key.container());
        return new Running(worker, scope.fork(key.uid() + "/" + key.container() + "/" + key.kind(), worker::loop));
    }

    /** The pod ends: only readiness is still of interest. */
    public void stopping(Pod pod) {
        each(PodView.uid(pod), r -> {
            r.worker().update(pod);
            r.worker().stopping();
        });
    }

    /** The pod has ended. */
    public void remove(String uid) {
        each(uid, r -> r.thread().interrupt());
        running.keySet().removeIf(k -> k.uid().equals(uid));
        counts.keySet().removeIf(k -> k.uid().equals(uid));
        answers.values().removeIf(a -> a.uid().equals(uid));
    }

    private void each(String uid, Consumer<Running> action) {
        running.forEach((key, value) -> {
            if (key.uid().equals(uid)) {
                action.accept(value);
            }
        });
    }

    /** What the probes of the pods that run came to, in Prometheus' text form. */
    public String metrics() {
        StringBuilder out = new StringBuilder(
                "# HELP prober_probe_total [BETA] Cumulative number of a liveness, readiness or startup probe for a"
                        + " container by result.\n# TYPE prober_probe_total counter\n");
        counts.values()
                .forEach(byResult -> byResult.forEach((count, value) -> out.append("prober_probe_total{")
                        .append(count.labels())
                        .append(",result=\"")
                        .append(count.result())
                        .append("\"} ")
                        .append(value)
                        .append('\n')));
        return out.toString();
    }

    public boolean isClosed() {
        return scope.isClosed();
    }

    @Override
    public Verdict startup(String containerId) {
        return verdict(containerId, ProbeKind.STARTUP);
    }

    @Override
    public Verdict liveness(String containerId) {
        return verdict(containerId, ProbeKind.LIVENESS);
    }

    @Override
    public Verdict readiness(String containerId) {
        return verdict(containerId, ProbeKind.READINESS);
    }

    private Verdict verdict(String containerId, ProbeKind kind) {
        Answered answered = answers.get(kind + "/" + containerId);
        return answered == null ? Verdict.UNKNOWN : answered.verdict();
    }

    @Override
    public void close() {
        scope.close();
    }

    private final class Book implements ProbeWorker.Verdicts {

        @Override
        public Optional<Verdict> get(String containerId, ProbeKind kind) {
            return Optional.ofNullable(answers.get(kind + "/" + containerId)).map(Answered::verdict);
        }

        @Override
        public void counted(Pod pod, String container, ProbeKind kind, String result) {
            String labels = "container=\"" + container + "\",namespace=\""
                    + pod.getMetadata().getNamespace() + "\",pod=\""
                    + pod.getMetadata().getName() + "\",pod_uid=\"" + PodView.uid(pod) + "\",probe_type=\""
                    + kind.title() + "\"";
            counts.computeIfAbsent(new Key(PodView.uid(pod), container, kind), k -> new ConcurrentHashMap<>())
                    .merge(new Count(labels, result), 1L, Long::sum);
        }

        @Override
        public void set(String uid, String containerId, ProbeKind kind, Verdict verdict) {
            Answered before = answers.put(kind + "/" + containerId, new Answered(uid, verdict));
            if (before == null || before.verdict() != verdict) {
                wake.accept(uid);
                if (kind == ProbeKind.STARTUP && verdict == Verdict.SUCCESS) {
                    each(uid, r -> r.worker().nudge());
                }
            }
        }
    }
}
