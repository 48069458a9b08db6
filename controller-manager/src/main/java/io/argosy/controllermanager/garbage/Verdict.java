package io.argosy.controllermanager.garbage;

import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.List;

/** What becomes of an object, by the state of its owners. */
sealed interface Verdict {

    /** Its owners are as they should be, or it has none. */
    record Keep() implements Verdict {}

    /** It has an owner; these others of its references name nobody, or one that only waits for it. */
    record DropOwners(List<String> uids) implements Verdict {}

    /** Nobody has it any more. */
    record Delete(String propagation, boolean unblockOwners) implements Verdict {}

    /** What was found out about one owner. */
    enum OwnerState {
        SOLID,
        DANGLING,
        WAITING_FOR_DEPENDENTS
    }

    /** One reference and what stands behind it. */
    record Looked(OwnerReference reference, OwnerState state) {}

    /**
     * @param finalizers of the object
     * @param hasDependents whether the object owns others
     * @param cycle whether one of those waits for its own dependents
     */
    static Verdict of(List<Looked> owners, List<String> finalizers, boolean hasDependents, boolean cycle) {
        if (owners.isEmpty()) {
            return new Keep();
        }
        boolean solid = owners.stream().anyMatch(owner -> owner.state == OwnerState.SOLID);
        boolean waiting = owners.stream().anyMatch(owner -> owner.state == OwnerState.WAITING_FOR_DEPENDENTS);
        if (solid) {
            List<String> drop = owners.stream()
                    .filter(owner -> owner.state != OwnerState.SOLID)
                    .map(owner -> owner.reference.getUid())
                    .toList();
            return drop.isEmpty() ? new Keep() : new DropOwners(drop);
        }
        if (waiting && hasDependents) {
            return new Delete("Foreground", cycle);
        }
        if (finalizers.contains(Graph.ORPHAN)) {
            return new Delete("Orphan", false);
        }
        return new Delete(finalizers.contains(Graph.FOREGROUND) ? "Foreground" : "Background", false);
    }
}
