package io.argosy.scheduler.preemption;

import io.argosy.scheduler.columns.PodInfo;
import java.util.Comparator;

/** Which of two pods matters more: the one of higher priority, then the one that started earlier. */
final class Importance {

    private static final String NOT_STARTED = "9";

    static final Comparator<PodInfo> MOST_FIRST =
            Comparator.comparingInt(PodInfo::priority).reversed().thenComparing(Importance::start);

    private Importance() {}

    /** When the pod started, in the API's text form, which sorts by time. */
    static String start(PodInfo pod) {
        String start =
                pod.pod().getStatus() == null ? null : pod.pod().getStatus().getStartTime();
        return start == null ? NOT_STARTED : start;
    }
}
