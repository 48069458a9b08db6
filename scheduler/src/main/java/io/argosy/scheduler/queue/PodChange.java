package io.argosy.scheduler.queue;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Objects;

/** Whether two states of a waiting pod differ in what decides where it fits. */
final class PodChange {

    private PodChange() {}

    static boolean matters(Pod before, Pod after) {
        return !Objects.equals(before.getSpec(), after.getSpec())
                || !Objects.equals(
                        before.getMetadata().getLabels(), after.getMetadata().getLabels())
                || !Objects.equals(
                        before.getMetadata().getDeletionTimestamp(),
                        after.getMetadata().getDeletionTimestamp());
    }
}
