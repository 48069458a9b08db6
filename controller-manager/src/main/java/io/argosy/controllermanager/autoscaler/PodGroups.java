package io.argosy.controllermanager.autoscaler;

import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Pods by how much their measures mean.
 *
 * @param ready how many count in full
 * @param unready those that start and may use anything
 * @param missing those that were not measured
 * @param ignored those that end
 */
record PodGroups(int ready, Set<String> unready, Set<String> missing, Set<String> ignored) {

    /**
     * How young pods are judged.
     *
     * @param initialization how long after their start CPU may say nothing
     * @param readiness how long after its start a pod that never was ready may become so
     */
    record Youth(Duration initialization, Duration readiness) {}

    static PodGroups of(List<Pod> pods, Map<String, Sample> samples, boolean cpu, Youth youth, Instant now) {
        Set<String> unready = new HashSet<>();
        Set<String> missing = new HashSet<>();
        Set<String> ignored = new HashSet<>();
        int ready = 0;
        for (Pod pod : pods) {
            String name = pod.getMetadata().getName();
            Sample sample = samples.get(name);
            if (Owners.isDeleting(pod) || Pods.phase(pod).equals("Failed")) {
                ignored.add(name);
            } else if (Pods.phase(pod).equals("Pending")) {
                unready.add(name);
            } else if (sample == null) {
                missing.add(name);
            } else if (cpu && isYoung(pod, sample, youth, now)) {
                unready.add(name);
            } else {
                ready++;
            }
        }
        return new PodGroups(ready, unready, missing, ignored);
    }

    private static boolean isYoung(Pod pod, Sample sample, Youth youth, Instant now) {
        Optional<PodCondition> condition = Pods.condition(pod, "Ready");
        String started = pod.getStatus() == null ? null : pod.getStatus().getStartTime();
        if (condition.isEmpty() || started == null) {
            return true;
        }
        boolean unready = "False".equals(condition.get().getStatus());
        String changed = condition.get().getLastTransitionTime();
        Instant since = changed == null ? Instant.EPOCH : Instant.parse(changed);
        Instant start = Instant.parse(started);
        return start.plus(youth.initialization()).isAfter(now)
                ? unready || sample.at().isBefore(since.plus(sample.window()))
                : unready && start.plus(youth.readiness()).isAfter(since);
    }
}
