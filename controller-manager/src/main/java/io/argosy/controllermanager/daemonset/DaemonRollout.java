package io.argosy.controllermanager.daemonset;

import io.argosy.controllermanager.ownership.Owners;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The next step of a rolling update. Pure. */
final class DaemonRollout {

    private final DaemonView view;
    private final List<Pod> delete = new ArrayList<>();
    private final List<String> create = new ArrayList<>();

    /** The pods that are not going away on one node: at most one of each sort, or the node is not ready for a step. */
    private record Pair(Optional<Pod> current, Optional<Pod> old, boolean plain) {}

    private DaemonRollout(DaemonView view) {
        this.view = view;
    }

    static DaemonPlan next(DaemonView view) {
        DaemonRollout rollout = new DaemonRollout(view);
        if (view.maxSurge() == 0) {
            rollout.replace();
        } else {
            rollout.surge();
        }
        return new DaemonPlan(rollout.create, rollout.delete, List.of(), List.of());
    }

    private Pair pair(List<Pod> there) {
        List<Pod> present =
                there.stream().filter(pod -> !Owners.isDeleting(pod)).toList();
        List<Pod> current = present.stream()
                .filter(pod -> DaemonPods.isCurrent(pod, view.hash))
                .toList();
        List<Pod> old = present.stream()
                .filter(pod -> !DaemonPods.isCurrent(pod, view.hash))
                .toList();
        return new Pair(current.stream().findFirst(), old.stream().findFirst(), current.size() <= 1 && old.size() <= 1);
    }

    /** Deletes old pods: those that are of no use at once, others while enough nodes have one. */
    private void replace() {
        int missing = 0;
        List<Pod> candidates = new ArrayList<>();
        for (List<Pod> there : view.pods.values()) {
            Pair pair = pair(there);
            boolean both = pair.current.isPresent() == pair.old.isPresent();
            if (!pair.plain || both) {
                missing++;
            } else if (pair.current.isPresent()) {
                missing += view.isAvailable(pair.current.get()) ? 0 : 1;
            } else if (pair.old.isPresent() && !view.isAvailable(pair.old.get())) {
                delete.add(pair.old.get());
                missing++;
            } else {
                pair.old.ifPresent(candidates::add);
            }
        }
        candidates.stream().limit(Math.max(0, view.maxUnavailable() - missing)).forEach(delete::add);
    }

    /** Starts new pods beside old ones, and deletes an old one when its new one is available. */
    private void surge() {
        int surging = 0;
        int available = 0;
        List<String> candidates = new ArrayList<>();
        List<Pod> astray = new ArrayList<>();
        for (var entry : view.pods.entrySet()) {
            Pair pair = pair(entry.getValue());
            if (!pair.plain) {
                surging++;
                continue;
            }
            Optional<Pod> counted = pair.old.or(pair::current);
            available += counted.filter(view::isAvailable).isPresent() ? 1 : 0;
            if (pair.old.isEmpty()) {
                continue;
            }
            Pod old = pair.old.get();
            boolean wanted = view.starts(entry.getKey());
            if (pair.current.isPresent()) {
                if (view.isAvailable(pair.current.get())) {
                    delete.add(old);
                } else {
                    surging++;
                }
            } else if (!view.isAvailable(old)) {
                if (wanted) {
                    create.add(entry.getKey());
                } else {
                    delete.add(old);
                }
            } else if (wanted) {
                candidates.add(entry.getKey());
            } else {
                astray.add(old);
            }
        }
        astray.stream().limit(Math.max(0, available - view.desired())).forEach(delete::add);
        candidates.stream().limit(Math.max(0, view.maxSurge() - surging)).forEach(create::add);
    }
}
