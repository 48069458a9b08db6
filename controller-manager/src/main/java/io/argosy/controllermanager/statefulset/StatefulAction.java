package io.argosy.controllermanager.statefulset;

import io.fabric8.kubernetes.api.model.Pod;

/** One step for the pods of a set. */
sealed interface StatefulAction {

    /** Makes the claims of a number, then its pod from the template of a revision. */
    record Create(int ordinal, String revision) implements StatefulAction {}

    /** Makes the claims that a waiting pod misses. */
    record Claims(int ordinal) implements StatefulAction {}

    /** Gives a pod the labels of its number. */
    record Identify(Pod pod) implements StatefulAction {}

    record Delete(Pod pod) implements StatefulAction {}
}
