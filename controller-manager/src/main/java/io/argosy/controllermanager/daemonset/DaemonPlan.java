package io.argosy.controllermanager.daemonset;

import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which nodes get a pod and which pods go, rollouts apart. Pure.
 *
 * @param failed the pods among the deleted that failed, and are told of
 * @param succeeded likewise
 */
record DaemonPlan(List<String> create, List<Pod> delete, List<Pod> failed, List<Pod> succeeded) {

    /** So many at once. */
    static final int BURST = 250;

    DaemonPlan {
        create = create.stream().distinct().limit(BURST).toList();
        delete = delete.stream().limit(BURST).toList();
        failed = List.copyOf(failed);
        succeeded = List.copyOf(succeeded);
    }

    boolean isEmpty() {
        return create.isEmpty() && delete.isEmpty();
    }

    static DaemonPlan of(DaemonView view) {
        DaemonPlan plan = new DaemonPlan.Draft().fill(view);
        return plan;
    }

    /** Collects the plan node by node. */
    private static final class Draft {
        private final List<String> create = new ArrayList<>();
        private final List<Pod> delete = new ArrayList<>();
        private final List<Pod> failed = new ArrayList<>();
        private final List<Pod> succeeded = new ArrayList<>();

        DaemonPlan fill(DaemonView view) {
            view.nodes.forEach((node, fit) -> {
                List<Pod> there = view.on(node);
                if (there.isEmpty()) {
                    if (fit.starts()) {
                        create.add(node);
                    }
                } else if (fit.stays()) {
                    keep(view, node, fit, there);
                } else {
                    there.stream().filter(pod -> !Owners.isDeleting(pod)).forEach(delete::add);
                }
            });
            // A pod that waits for a node that is gone can never be bound.
            view.pods.forEach((node, there) -> {
                if (!view.nodes.containsKey(node)) {
                    there.stream()
                            .filter(pod -> Pods.node(pod).isEmpty() && !Owners.isDeleting(pod))
                            .forEach(delete::add);
                }
            });
            return new DaemonPlan(create, delete, failed, succeeded);
        }

        private void keep(DaemonView view, String node, NodeFit fit, List<Pod> there) {
            List<Pod> running = new ArrayList<>();
            for (Pod pod : there) {
                if (Owners.isDeleting(pod)) {
                    continue;
                }
                switch (Pods.phase(pod)) {
                    case "Failed" -> {
                        failed.add(pod);
                        delete.add(pod);
                    }
                    case "Succeeded" -> {
                        succeeded.add(pod);
                        delete.add(pod);
                    }
                    default -> running.add(pod);
                }
            }
            if (view.maxSurge() == 0) {
                running.stream().skip(1).forEach(delete::add);
            } else if (running.isEmpty()) {
                if (fit.starts()) {
                    create.add(node);
                }
            } else if (running.size() > 1) {
                surged(view, running);
            }
        }

        /** The oldest new pod stays, and beside it the oldest old one until the new one takes over. */
        private void surged(DaemonView view, List<Pod> running) {
            Optional<Pod> current = running.stream()
                    .filter(pod -> DaemonPods.isCurrent(pod, view.hash))
                    .findFirst();
            Optional<Pod> old = running.stream()
                    .filter(pod -> !DaemonPods.isCurrent(pod, view.hash))
                    .findFirst();
            running.stream()
                    .filter(pod -> current.filter(pod::equals).isEmpty()
                            && old.filter(pod::equals).isEmpty())
                    .forEach(delete::add);
            if (current.isPresent()
                    && old.isPresent()
                    && (!Pods.isReady(old.get()) || view.isAvailable(current.get()))) {
                delete.add(old.get());
            }
        }
    }
}
