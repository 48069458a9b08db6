package io.argosy.scheduler.preemption;

import io.argosy.scheduler.columns.PodInfo;
import java.util.List;

/**
 * The pods that have to leave a node for another one.
 *
 * @param pods the most important first
 * @param violations how many of them a disruption budget protects
 */
record Victims(int slot, List<PodInfo> pods, int violations) {

    Victims {
        pods = List.copyOf(pods);
    }
}
