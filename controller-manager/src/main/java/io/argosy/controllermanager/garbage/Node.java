package io.argosy.controllermanager.garbage;

import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An object in the graph; guarded by the graph's lock. */
final class Node {

    Identity identity;
    List<OwnerReference> owners = List.of();
    final Set<String> dependents = new HashSet<>();

    /** Known only because somebody names it as owner. */
    boolean virtual;

    /** Its deletion was asked for. */
    boolean deleting;

    /** Its deletion waits for its dependents (foreground). */
    boolean deletingDependents;

    Node(Identity identity) {
        this.identity = identity;
    }
}
