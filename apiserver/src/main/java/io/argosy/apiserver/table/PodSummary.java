package io.argosy.apiserver.table;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A pod in a few words.
 *
 * @param ready containers that are ready, of {@code total} that keep running
 * @param reason the state of the container that tells most: the first init container that is not through, else the
 *     first container that waits or has ended, else the phase
 * @param lastRestart when one of the restarted containers had ended last, or empty
 */
record PodSummary(int ready, int total, String reason, long restarts, String lastRestart) {

    String restartText(Instant now) {
        return restarts == 0 || lastRestart.isEmpty()
                ? Long.toString(restarts)
                : restarts + " (" + HumanDuration.since(lastRestart, now) + " ago)";
    }

    static PodSummary of(ObjectValue pod) {
        Counting counting = new Counting(pod);
        counting.countInitContainers();
        if (!counting.initializing || Conditions.holds(pod, "Initialized")) {
            counting.countContainers();
        }
        return new PodSummary(
                counting.ready,
                counting.total,
                unlessDeleted(pod, counting.reason),
                counting.restarts.count,
                counting.restarts.last);
    }

    private static String unlessDeleted(ObjectValue pod, String reason) {
        if (pod.string("metadata", "deletionTimestamp").isEmpty()) {
            return reason;
        }
        if (pod.string("status", "reason").orElse("").equals("NodeLost")) {
            return "Unknown";
        }
        String phase = pod.string("status", "phase").orElse("");
        return phase.equals("Failed") || phase.equals("Succeeded") ? reason : "Terminating";
    }

    /** How often containers were restarted, and when one of them had ended last. */
    private static final class Restarts {
        private long count;
        private String last = "";

        void add(ObjectValue container) {
            count += container.integer("restartCount").orElse(0L);
            container
                    .string("lastState", "terminated", "finishedAt")
                    .filter(time -> time.compareTo(last) > 0)
                    .ifPresent(time -> last = time);
        }
    }

    /** One pass over the containers of a pod. */
    private static final class Counting {
        private final ObjectValue pod;
        private final Set<String> restartable = new HashSet<>();
        private final int initContainers;
        private Restarts restarts = new Restarts();
        private boolean initializing;
        private int ready;
        private int total;
        private String reason;

        Counting(ObjectValue pod) {
            this.pod = pod;
            List<ObjectValue> init = objects("spec", "initContainers");
            init.stream()
                    .filter(container ->
                            container.string("restartPolicy").orElse("").equals("Always"))
                    .forEach(container ->
                            restartable.add(container.string("name").orElse("")));
            initContainers = init.size();
            total = objects("spec", "containers").size() + restartable.size();
            reason = pod.string("status", "reason")
                    .filter(text -> !text.isEmpty())
                    .orElseGet(() -> pod.string("status", "phase").orElse(""));
            boolean gated = Conditions.of(pod).stream()
                    .filter(condition -> condition.string("type").orElse("").equals("PodScheduled"))
                    .anyMatch(condition -> condition.string("reason").orElse("").equals("SchedulingGated"));
            if (gated) {
                reason = "SchedulingGated";
            }
        }

        private List<ObjectValue> objects(String... path) {
            return pod.array(path).stream().flatMap(ArrayValue::objects).toList();
        }

        void countInitContainers() {
            Restarts ofRestartable = new Restarts();
            int index = 0;
            for (ObjectValue container : objects("status", "initContainerStatuses")) {
                boolean keepsRunning =
                        restartable.contains(container.string("name").orElse(""));
                restarts.add(container);
                if (keepsRunning) {
                    ofRestartable.add(container);
                }
                boolean through = container
                        .integer("state", "terminated", "exitCode")
                        .filter(code -> code == 0)
                        .isPresent();
                boolean started = keepsRunning && container.isTrue("started");
                if (!through && started && container.isTrue("ready")) {
                    ready++;
                }
                if (!through && !started) {
                    reason = "Init:" + initState(container, index);
                    initializing = true;
                    break;
                }
                index++;
            }
            if (!initializing || Conditions.holds(pod, "Initialized")) {
                restarts = ofRestartable;
            }
        }

        private String initState(ObjectValue container, int index) {
            if (container.object("state", "terminated").isPresent()) {
                return endReason(container);
            }
            return container
                    .string("state", "waiting", "reason")
                    .filter(waiting -> !waiting.isEmpty() && !waiting.equals("PodInitializing"))
                    .orElse(index + "/" + initContainers);
        }

        void countContainers() {
            boolean running = false;
            String error = "";
            for (ObjectValue container : objects("status", "containerStatuses").reversed()) {
                restarts.add(container);
                String waiting = container.string("state", "waiting", "reason").orElse("");
                if (!waiting.isEmpty()) {
                    reason = waiting;
                } else if (container.object("state", "terminated").isPresent()) {
                    reason = endReason(container);
                    if (container.integer("state", "terminated", "exitCode").orElse(0L) != 0) {
                        error = reason;
                    }
                } else if (container.isTrue("ready")
                        && container.object("state", "running").isPresent()) {
                    running = true;
                    ready++;
                }
            }
            if (reason.equals("Completed")) {
                reason = whenCompleted(running, error);
            }
        }

        /** Some containers have ended; the others tell what the pod is. */
        private String whenCompleted(boolean running, String error) {
            boolean podReady = Conditions.of(pod).stream()
                    .anyMatch(condition ->
                            condition.string("type").orElse("").equals("Ready") && Conditions.isTrue(condition));
            if (running && podReady) {
                return "Running";
            }
            if (!error.isEmpty()) {
                return error;
            }
            return running ? "NotReady" : reason;
        }

        private static String endReason(ObjectValue container) {
            String given = container.string("state", "terminated", "reason").orElse("");
            if (!given.isEmpty()) {
                return given;
            }
            long signal = container.integer("state", "terminated", "signal").orElse(0L);
            return signal != 0
                    ? "Signal:" + signal
                    : "ExitCode:"
                            + container
                                    .integer("state", "terminated", "exitCode")
                                    .orElse(0L);
        }
    }
}
